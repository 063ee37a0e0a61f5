package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** N15 to N17: a wire between two hosts that works in part. */
@Tag("slow")
class BadLinksIT {

    private static final int PER_SECOND = 200;
    private static final String WORKERS = "policy:pii-detector=1,policy:prompt-injection=1";

    /** A worker that is not heard is lost after 3.5 s; time-outs eject it before that. */
    private static final Duration EJECTED = Duration.ofSeconds(4);

    private static final String STORY = "one two three four five six seven eight nine ten eleven twelve";

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
    void n15_theBusIsCutWhileMembersHearEachOther() throws Exception {
        startWithTwoPolicyHosts();

        Seen seen = during(() -> cluster.network().cutBus(cluster.host("door"), cluster.host("one")));

        seen.holds("N15", "bus cut between two hosts, Hazelcast alive", "nftables drop of all ports but 5701");
    }

    @Test
    void n16_theBusIsCutInOneDirection() throws Exception {
        startWithTwoPolicyHosts();

        Seen seen = during(() -> cluster.network().cutBusOneWay(cluster.host("one"), cluster.host("door")));

        seen.holds("N16", "what a worker sends is lost", "nftables drop of what arrives at the door");
    }

    @Test
    void n16_theBusIsCutInTheOtherDirection() throws Exception {
        startWithTwoPolicyHosts();

        Seen seen = during(() -> cluster.network().cutBusOneWay(cluster.host("door"), cluster.host("one")));

        seen.holds("N16", "what the door sends is lost", "nftables drop of what arrives at the worker");
    }

    @Test
    void n17_aFifthOfThePacketsIsLost() throws Exception {
        startWithAllWorkElsewhere();

        List<MarkedAnswer> answers;
        try (MarkedLoad load = cluster.load("door", 20)) {
            cluster.network().lose(cluster.host("door"), cluster.host("one"), 20);
            load.awaitSent(200);
            cluster.network().heal();
            answers = load.finish();
        }

        long good = assertNothingWrong(answers);
        FaultTable.holds(
                "N17",
                "a fifth of the packets is lost",
                "nftables `numgen` both ways, all workers beyond that wire, 20 requests/s",
                good + " of " + answers.size() + " served, p50 " + MarkedAnswer.percentile(answers, 50) + " ms, p99 "
                        + MarkedAnswer.percentile(answers, 99)
                        + " ms; every text as the upstream said it, the others refused and recorded");
    }

    @Test
    void n17_theWireIsNarrow() throws Exception {
        startWithAllWorkElsewhere();

        List<MarkedAnswer> answers;
        try (MarkedLoad load = cluster.load("door", 1)) {
            cluster.network().limit(cluster.host("one"), 64);
            load.awaitSent(20);
            cluster.network().heal();
            answers = load.finish();
        }

        long good = assertNothingWrong(answers);
        FaultTable.holds(
                "N17",
                "64 kbit/s between hosts",
                "`tc tbf` on the host with all workers, 1 request/s",
                good + " of " + answers.size() + " served, p50 " + MarkedAnswer.percentile(answers, 50)
                        + " ms; every text as the upstream said it, the others refused and recorded");
    }

    private void startWithTwoPolicyHosts() throws Exception {
        cluster.startAll(Map.of("door", "ingress,provider,audit", "one", WORKERS, "two", WORKERS));
        cluster.at("door").awaitWorkers("policy", 4);
        cluster.traffic().warmUp(cluster.door("door"), PER_SECOND);
    }

    private void startWithAllWorkElsewhere() throws Exception {
        cluster.startAll(Map.of("door", "ingress,audit", "one", "provider," + WORKERS));
        cluster.at("door").awaitReady();
        cluster.traffic().upstream().says(STORY);
        cluster.traffic().warmUp(cluster.door("door"), 20);
    }

    /** Something that is done to wires. */
    private interface Act {
        void run() throws Exception;
    }

    private record Seen(List<MarkedAnswer> answers, long retried, long slowest) {

        void holds(String row, String fault, String how) throws Exception {
            FaultTable.holds(
                    row,
                    fault,
                    how + ", " + PER_SECOND + " requests/s",
                    answers.size() + " requests, none failed, " + retried + " asked a second worker, none of them later"
                            + " than " + EJECTED.toSeconds() + " s after the cut; the slowest in " + slowest + " ms");
        }
    }

    private Seen during(Act act) throws Exception {
        List<MarkedAnswer> answers;
        long cut;
        try (MarkedLoad load = cluster.load("door", PER_SECOND)) {
            load.awaitSent(2 * PER_SECOND);
            cut = System.nanoTime();
            act.run();
            load.awaitSent(10 * PER_SECOND);
            answers = load.finish();
        }
        assertThat(answers).allMatch(MarkedAnswer::good);
        assertThat(cluster.terminate("door")).isZero();
        assertThat(cluster.ledgers().violations(answers)).isEmpty();
        cluster.ledgers().assertVerified();
        Outcomes outcomes = cluster.ledgers().outcomes();
        String worker = cluster.nodeOf("one");
        assertThat(answers)
                .filteredOn(answer -> answer.begunNanos() - cut > EJECTED.toNanos())
                .isNotEmpty()
                .allSatisfy(answer ->
                        assertThat(outcomes.workers(answer)).isNotEmpty().noneMatch(asked -> asked.contains(worker)));
        return new Seen(answers, outcomes.withRetriedHop(), MarkedAnswer.percentile(answers, 100));
    }

    /** Slow is fine, and so is a refusal that says what was missing; a wrong text is not. How many were served. */
    private long assertNothingWrong(List<MarkedAnswer> answers) throws Exception {
        assertThat(cluster.terminate("door")).isZero();
        assertThat(cluster.ledgers().violations(answers)).isEmpty();
        cluster.ledgers().assertVerified();
        Outcomes outcomes = cluster.ledgers().outcomes();
        assertThat(answers).allSatisfy(answer -> {
            assertThat(outcomes.of(answer)).isNotNull();
            assertThat(answer.ended()).isTrue();
            if (answer.good()) {
                assertThat(answer.text()).isEqualTo(STORY);
            } else {
                assertThat(answer.code()).isIn("policy_unavailable", "gateway_overloaded", "worker_lost");
                assertThat(STORY).startsWith(answer.text());
            }
        });
        long good = answers.stream().filter(MarkedAnswer::good).count();
        assertThat(good).isGreaterThan(answers.size() / 2);
        return good;
    }
}
