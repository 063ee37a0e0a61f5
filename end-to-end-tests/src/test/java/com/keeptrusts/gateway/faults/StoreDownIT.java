package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.read.VerificationReport;
import com.keeptrusts.gateway.journeys.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No writer for a stretch under load: what is owed to the ledger waits on the disk and not in memory. {@code
 * -Dfaults.down.seconds=600 -Dfaults.down.rate=500} for ten minutes of a thousand entries a second.
 */
@Tag("slow")
class StoreDownIT {

    private static final int SECONDS = Integer.getInteger("faults.down.seconds", 20);
    private static final int PER_SECOND = Integer.getInteger("faults.down.rate", 100);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MEBIBYTE = 1024 * 1024;

    @TempDir
    private Path folder;

    private LoadedGateway gateway;

    @BeforeEach
    void open() throws Exception {
        gateway = new LoadedGateway(folder, folder.resolve("data"));
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
    }

    @Test
    void whileNoWriterIsThereEntriesWaitOnTheDisk() throws Exception {
        gateway.start("--roles", "ingress,policy,provider");
        gateway.warmUp();
        double before = heapAfterCollection();

        List<MarkedAnswer> answers;
        try (MarkedLoad load = gateway.load(PER_SECOND)) {
            Await.until(PATIENCE.plusSeconds(SECONDS), () -> load.sent() >= PER_SECOND * SECONDS);
            answers = load.finish();
        }
        double grown = heapAfterCollection() - before;
        double entries = gateway.metric("keeptrusts_audit_spool_entries");
        long bytes = spoolBytes();

        assertThat(answers)
                .filteredOn(answer -> !answer.good() && !answer.code().equals("policy_unavailable"))
                .as("not served for another reason than that the machine could not keep up")
                .isEmpty();
        assertThat(answers).filteredOn(MarkedAnswer::good).hasSizeGreaterThan(answers.size() / 2);
        assertThat(entries).isGreaterThanOrEqualTo(2.0 * answers.size());
        assertThat(bytes).isGreaterThan(500L * (long) entries);
        assertThat(grown).as("bytes of heap").isLessThan(64.0 * MEBIBYTE);
        assertThat(gateway.terminate()).isZero();
        gateway.start();
        gateway.awaitSpoolDrained();
        assertThat(gateway.violations(answers)).isEmpty();
        assertThat(gateway.terminate()).isZero();
        VerificationReport report = LaterStart.closeWhatIsOpen(gateway.data());
        assertThat(report.exitCode()).as(String.join("\n", report.lines())).isZero();
        FaultTable.holds(
                "AUDIT 11",
                "store down",
                SECONDS + " s at " + 2 * PER_SECOND + " entries/s without a writer",
                (long) entries + " entries in " + bytes / MEBIBYTE + " MiB of spool, heap grown by "
                        + Math.round(grown / MEBIBYTE)
                        + " MiB; all in the ledger after the next start, both verdicts good");
    }

    /** The JVM's own word after a collection that it was asked for. */
    private double heapAfterCollection() throws Exception {
        Shell.run(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(gateway.process().pid()),
                "GC.run");
        return gateway.metric("jvm_gc_live_data_size_bytes");
    }

    private long spoolBytes() throws Exception {
        try (Stream<Path> files = Files.list(gateway.data().resolve("spool"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
