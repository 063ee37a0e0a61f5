package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.keeptrusts.gateway.journeys.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** N13 and N14: the network between hosts falls apart under load, and comes together again. */
@Tag("slow")
class PartitionIT {

    private static final int PER_SECOND = 100;
    private static final int CUT_SECONDS = 30;

    /** Until then a side may still ask, and wait for, who is beyond the cut. */
    private static final Duration NOTICED = Duration.ofSeconds(8);

    private static final Duration AT_ONCE = Duration.ofMillis(1_500);
    private static final Duration MERGED = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private HostedCluster cluster;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Shell.isRoot(), "makes network namespaces: run it as root");
        cluster = new HostedCluster(folder, "left", "right", "edge");
    }

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void n13_bothSidesOfACutAreComplete() throws Exception {
        cluster.startAll(Map.of("left", "all", "right", "all"));
        warmUp("left", "right");

        List<MarkedAnswer> answers = new ArrayList<>();
        long merged;
        try (MarkedLoad left = cluster.load("left", PER_SECOND);
                MarkedLoad right = cluster.load("right", PER_SECOND)) {
            left.awaitSent(2 * PER_SECOND);
            cluster.network().cut(cluster.host("left"), cluster.host("right"));
            left.awaitSent(CUT_SECONDS * PER_SECOND);
            assertThat(cluster.at("left").workers("audit")).isEqualTo(1);
            long healed = System.nanoTime();
            cluster.network().heal();
            Await.until(
                    MERGED,
                    () -> cluster.at("left").workers("audit") == 2
                            && cluster.at("right").workers("audit") == 2);
            merged = (System.nanoTime() - healed) / 1_000_000_000;
            left.awaitSent(3 * PER_SECOND);
            answers.addAll(left.finish());
            answers.addAll(right.finish());
        }

        assertThat(answers).allMatch(MarkedAnswer::good);
        assertRecorded(answers, "left", "right");
        FaultTable.holds(
                "N13",
                "network cut in two, each side complete",
                "nftables drop for " + CUT_SECONDS + " s, " + PER_SECOND + " requests/s on each side",
                answers.size() + " requests, none failed, the slowest in " + MarkedAnswer.percentile(answers, 100)
                        + " ms; one cluster again " + merged + " s after the cut; both logs verify together");
    }

    @Test
    void n14_aDoorIsCutOffFromAllWorkers() throws Exception {
        cluster.startAll(Map.of("left", "all", "right", "all", "edge", "ingress"));
        warmUp("left", "edge");

        List<MarkedAnswer> answers;
        long cut;
        long healed;
        try (MarkedLoad load = cluster.load("edge", PER_SECOND)) {
            load.awaitSent(2 * PER_SECOND);
            cut = System.nanoTime();
            cluster.network().isolate(cluster.host("edge"));
            Await.until(NOTICED, () -> cluster.at("edge").readiness() == 503);
            load.awaitSent(20 * PER_SECOND);
            cluster.network().heal();
            cluster.at("edge").awaitReady();
            healed = System.nanoTime();
            load.awaitSent(3 * PER_SECOND);
            answers = load.finish();
        }
        cluster.at("edge").awaitSpoolDrained();

        List<MarkedAnswer> refused =
                answers.stream().filter(answer -> !answer.good()).toList();
        assertRecorded(answers, "edge", "left", "right");
        Outcomes outcomes = cluster.ledgers().outcomes();
        assertThat(refused).hasSizeGreaterThan(10 * PER_SECOND).allSatisfy(answer -> {
            assertThat(answer.code())
                    .isIn("policy_unavailable", "audit_unavailable", "gateway_overloaded", "worker_lost");
            assertThat(outcomes.of(answer)).isNotNull();
        });
        List<MarkedAnswer> later = refused.stream()
                .filter(answer -> answer.begunNanos() - cut > NOTICED.toNanos())
                .toList();
        assertThat(MarkedAnswer.percentile(later, 99)).isLessThan(AT_ONCE.toMillis());
        assertThat(answers)
                .filteredOn(answer -> answer.begunNanos() > healed + AT_ONCE.toNanos())
                .isNotEmpty()
                .allMatch(MarkedAnswer::good);
        FaultTable.holds(
                "N14",
                "door cut off from policies and providers",
                "nftables drop for 20 s, " + PER_SECOND + " requests/s",
                refused.size() + " refused, each with its outcome by way of the door's own spool; once noticed p99 "
                        + MarkedAnswer.percentile(later, 99) + " ms, `/readyz` 503; served again after the cut");
    }

    private void warmUp(String... doors) throws Exception {
        for (String door : doors) {
            cluster.at(door).awaitReady();
            cluster.traffic().warmUp(cluster.door(door), PER_SECOND);
        }
    }

    private void assertRecorded(List<MarkedAnswer> answers, String... hosts) throws Exception {
        for (String host : hosts) {
            assertThat(cluster.terminate(host)).isZero();
        }
        assertThat(cluster.ledgers().violations(answers)).isEmpty();
        cluster.ledgers().assertVerified();
    }
}
