package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.keeptrusts.gateway.audit.read.VerificationReport;
import com.keeptrusts.gateway.journeys.Management;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** N22 and N23: a process that may open no more files and sockets than it has, or has hardly any memory. */
@Tag("slow")
class ScarceResourcesIT {

    private static final int PER_SECOND = 100;
    private static final int LEFT = 10;
    private static final int LARGE = 120 * 1024;
    private static final int CLIENTS = 64;
    private static final int REQUESTS = 15;

    @TempDir
    private Path folder;

    private LoadedGateway gateway;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Shell.isRoot(), "sets limits of other processes: run it as root");
        gateway = new LoadedGateway(folder, folder.resolve("data"));
    }

    @AfterEach
    void close() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
    }

    @Test
    void n22_descriptorsRunOut() throws Exception {
        gateway.start();
        gateway.warmUp();
        gateway.answers(200, 40);
        List<MarkedAnswer> running;
        List<MarkedAnswer> meanwhile;
        int limit;
        try (MarkedLoad first = gateway.load(PER_SECOND)) {
            first.awaitSent(PER_SECOND);
            first.stop();
            String before = softLimit();
            limit = descriptors() + LEFT;
            limit(Integer.toString(limit));
            try (MarkedLoad then = gateway.load(PER_SECOND)) {
                then.awaitSent(3 * PER_SECOND);
                then.stop();
                running = first.finish();
                limit(before);
                meanwhile = then.finish();
            }
        }

        assertThat(running).isNotEmpty().allMatch(MarkedAnswer::good);
        gateway.answers(30, 600);
        gateway.warmUp();
        assertThat(gateway.violations(meanwhile)).isEmpty();
        assertThat(gateway.terminate()).isZero();
        VerificationReport report = LaterStart.closeWhatIsOpen(gateway.data());
        assertThat(report.exitCode()).as(String.join("\n", report.lines())).isZero();
        FaultTable.holds(
                "N22",
                "descriptors exhausted",
                "`prlimit --nofile=" + limit + "` while " + running.size() + " answers run, then " + PER_SECOND
                        + " requests/s on new connections for 3 s",
                "all that ran were served; of the new ones " + endings(meanwhile)
                        + "; served again once there are descriptors, both verdicts good");
    }

    @Test
    void n23_theHeapIsNearlyFull() throws Exception {
        gateway.with("_JAVA_OPTIONS", "-Xmx128m -XX:+ExitOnOutOfMemoryError");
        gateway.start();
        gateway.warmUp();

        Map<String, Integer> endings = new LargeBodies(gateway.address(), LARGE).send(CLIENTS, REQUESTS);

        assertThat(endings.keySet()).isSubsetOf("200", "413 request_too_large", "503 gateway_overloaded");
        gateway.warmUp();
        assertThat(gateway.terminate()).isZero();
        VerificationReport report = LaterStart.closeWhatIsOpen(gateway.data());
        assertThat(report.exitCode()).as(String.join("\n", report.lines())).isZero();
        FaultTable.holds(
                "N23",
                "heap nearly full",
                "`-Xmx128m`, " + CLIENTS + " clients at a time with prompts of " + LARGE / 1024 + " KiB",
                "of " + CLIENTS * REQUESTS + " requests " + endings
                        + ", no OutOfMemoryError; afterwards served as before, both verdicts good");
    }

    private static Map<String, Integer> endings(List<MarkedAnswer> answers) {
        Map<String, Integer> endings = new TreeMap<>();
        answers.forEach(answer -> endings.merge(
                answer.good() ? "served" : answer.code().isEmpty() ? "no answer" : answer.code(), 1, Integer::sum));
        return endings;
    }

    private int descriptors() throws Exception {
        return JvmState.of(
                        gateway.process().pid(), Management.of(gateway.process().adminPort()))
                .descriptors();
    }

    private String softLimit() throws Exception {
        return Shell.run(
                        "prlimit",
                        "--pid",
                        Long.toString(gateway.process().pid()),
                        "--nofile",
                        "--output",
                        "SOFT",
                        "--noheadings")
                .strip();
    }

    private void limit(String descriptors) throws Exception {
        Shell.run("prlimit", "--pid", Long.toString(gateway.process().pid()), "--nofile=" + descriptors + ":");
    }
}
