package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** N8 and N9: hosts with audit writers die under load. */
@Tag("slow")
class LostWritersIT {

    private static final int PER_SECOND = 200;
    private static final long ONE_SECOND = 1_000_000_000L;
    private static final String DOOR = "ingress,policy,provider";

    @TempDir
    private Path folder;

    private HostedCluster cluster;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Shell.isRoot(), "makes network namespaces: run it as root");
        cluster = new HostedCluster(folder, "door", "one", "two");
    }

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void n8_oneOfTwoWritersIsKilled() throws Exception {
        cluster.startAll(Map.of("door", DOOR, "one", "audit", "two", "audit"));
        cluster.at("door").awaitWorkers("audit", 2);
        cluster.traffic().warmUp(cluster.door("door"), PER_SECOND);

        List<MarkedAnswer> answers;
        try (MarkedLoad load = cluster.load("door", PER_SECOND)) {
            load.awaitSent(5 * PER_SECOND);
            cluster.kill("one");
            load.awaitSent(5 * PER_SECOND);
            cluster.start("one", "audit");
            cluster.at("door").awaitWorkers("audit", 2);
            load.awaitSent(3 * PER_SECOND);
            answers = load.finish();
        }

        assertThat(answers).allMatch(MarkedAnswer::good);
        long duplicates = assertRecorded(answers, "door", "one", "two");
        FaultTable.holds(
                "N8",
                "audit writer killed, another is there",
                "kill -9 of one host of two, restarted 5 s later, " + PER_SECOND + " requests/s",
                answers.size() + " requests, none failed, the slowest in " + MarkedAnswer.percentile(answers, 100)
                        + " ms; " + duplicates + " entries stand in both logs, none is missing, both logs verify");
    }

    @Test
    void n9_theOnlyWriterIsKilledAndTheSpoolKeepsWhatIsOwed() throws Exception {
        startWithOneWriter();

        List<MarkedAnswer> answers;
        long kept;
        try (MarkedLoad load = cluster.load("door", PER_SECOND)) {
            load.awaitSent(2 * PER_SECOND);
            cluster.kill("one");
            load.awaitSent(5 * PER_SECOND);
            kept = (long) cluster.at("door").metric("keeptrusts_audit_spool_entries");
            cluster.start("one", "audit");
            load.awaitSent(2 * PER_SECOND);
            answers = load.finish();
        }
        cluster.at("door").awaitSpoolDrained();

        assertThat(answers).allMatch(MarkedAnswer::good);
        assertThat(kept).isGreaterThan(2L * PER_SECOND);
        assertRecorded(answers, "door", "one");
        FaultTable.holds(
                "N9",
                "only audit writer gone, spool",
                "kill -9 of its host, restarted",
                answers.size() + " requests, none failed; " + kept
                        + " entries in the door's spool, then in the ledger, both verdicts good");
    }

    @Test
    void n9_theOnlyWriterIsKilledAndNothingGoesOnWithoutIt() throws Exception {
        cluster.with("on_unavailable: fail_closed");
        startWithOneWriter();

        List<MarkedAnswer> answers;
        long killed;
        try (MarkedLoad load = cluster.load("door", PER_SECOND)) {
            load.awaitSent(2 * PER_SECOND);
            killed = System.nanoTime();
            cluster.kill("one");
            load.awaitSent(5 * PER_SECOND);
            assertThat(cluster.at("door").readiness()).isEqualTo(503);
            cluster.start("one", "audit");
            cluster.at("door").awaitReady();
            load.awaitSent(2 * PER_SECOND);
            answers = load.finish();
        }

        List<MarkedAnswer> refused =
                answers.stream().filter(answer -> !answer.good()).toList();
        assertThat(refused)
                .hasSizeGreaterThan(2 * PER_SECOND)
                .allMatch(answer -> answer.code().equals("audit_unavailable"));
        assertThat(cluster.traffic().reachedUpstream())
                .as("no call upstream that has no acceptance")
                .doesNotContainAnyElementsOf(refused.stream()
                        .filter(answer -> answer.begunNanos() > killed + ONE_SECOND)
                        .map(MarkedAnswer::mark)
                        .toList());
        assertRecorded(answers, "door", "one");
        FaultTable.holds(
                "N9",
                "only audit writer gone, fail_closed",
                "kill -9 of its host, restarted",
                refused.size() + " of " + answers.size()
                        + " refused with E9 `audit_unavailable` and not called upstream; served when it is back");
    }

    @Test
    void n9_theOnlyWriterIsKilledAndTheOperatorWantsToGoOn() throws Exception {
        cluster.with("on_unavailable: fail_open");
        startWithOneWriter();

        List<MarkedAnswer> answers;
        String health;
        try (MarkedLoad load = cluster.load("door", PER_SECOND)) {
            load.awaitSent(2 * PER_SECOND);
            cluster.kill("one");
            load.awaitSent(5 * PER_SECOND);
            health = cluster.at("door").health();
            answers = load.finish();
        }

        assertThat(answers).allMatch(MarkedAnswer::good);
        assertThat(health).isEqualTo("degraded");
        FaultTable.holds(
                "N9",
                "only audit writer gone, fail_open",
                "kill -9 of its host",
                answers.size() + " requests, none failed; `/health` says degraded");
    }

    private void startWithOneWriter() throws Exception {
        cluster.startAll(Map.of("door", DOOR, "one", "audit"));
        cluster.at("door").awaitReady();
        cluster.traffic().warmUp(cluster.door("door"), PER_SECOND);
    }

    /** Returns how many entries stand more than once. */
    private long assertRecorded(List<MarkedAnswer> answers, String... hosts) throws Exception {
        for (String host : hosts) {
            assertThat(cluster.terminate(host)).isZero();
        }
        assertThat(cluster.ledgers().violations(answers)).isEmpty();
        cluster.ledgers().assertVerified();
        return cluster.ledgers().verify().completeness().duplicates();
    }
}
