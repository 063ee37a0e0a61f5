package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.keeptrusts.gateway.journeys.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** N1 to N3 and N19: hosts with policy workers die or freeze under 200 requests a second from outside. */
@Tag("slow")
class LostPolicyWorkersIT {

    private static final int PER_SECOND = 200;
    private static final String WORKERS = "policy:pii-detector=1,policy:prompt-injection=1";
    private static final int KINDS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private HostedCluster cluster;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Shell.isRoot(), "makes network namespaces: run it as root");
        cluster = new HostedCluster(folder, "door", "one", "two", "three");
    }

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    private void startWith(String... workers) throws Exception {
        var roles = new HashMap<>(Map.of("door", "ingress,provider,audit"));
        for (String worker : workers) {
            roles.put(worker, WORKERS);
        }
        cluster.startAll(roles);
        cluster.at("door").awaitWorkers("policy", KINDS * workers.length);
        cluster.traffic().warmUp(cluster.door("door"), PER_SECOND);
    }

    @Test
    void n1_aPolicyWorkerIsKilled() throws Exception {
        startWith("one", "two");

        List<MarkedAnswer> answers;
        long calm;
        try (MarkedLoad load = cluster.load("door", PER_SECOND)) {
            load.awaitSent(5 * PER_SECOND);
            List<MarkedAnswer> before = load.answers();
            calm = MarkedAnswer.percentile(before, 99);
            cluster.kill("one");
            load.awaitSent(5 * PER_SECOND);
            answers = load.finish();
        }

        assertThat(answers).allMatch(MarkedAnswer::good);
        long p99 = MarkedAnswer.percentile(answers, 99);
        Outcomes outcomes = assertRecorded(answers);
        FaultTable.holds(
                "N1",
                "policy worker killed",
                "kill -9 of one host of two, " + PER_SECOND + " requests/s",
                answers.size() + " requests, none failed, " + outcomes.withRetriedHop() + " asked a second worker; p99 "
                        + calm + " ms before, " + p99 + " ms over all");
    }

    @Test
    void n2_theLastPolicyWorkersAreKilled() throws Exception {
        startWith("one");

        List<MarkedAnswer> answers;
        long gone;
        long back;
        try (MarkedLoad load = cluster.load("door", PER_SECOND)) {
            load.awaitSent(2 * PER_SECOND);
            gone = System.nanoTime();
            cluster.kill("one");
            load.awaitSent(5 * PER_SECOND);
            assertThat(cluster.at("door").readiness()).isEqualTo(503);
            cluster.start("one", WORKERS);
            cluster.at("door").awaitReady();
            back = System.nanoTime();
            load.awaitSent(3 * PER_SECOND);
            answers = load.finish();
        }

        List<MarkedAnswer> refused =
                answers.stream().filter(answer -> !answer.good()).toList();
        Outcomes outcomes = assertRecorded(answers);
        assertThat(refused).hasSizeGreaterThan(3 * PER_SECOND).allSatisfy(answer -> {
            assertThat(answer.status() == 503 || answer.failed())
                    .as(answer.body())
                    .isTrue();
            assertThat(answer.code()).isEqualTo("policy_unavailable");
            assertThat(outcomes.ending(answer)).isEqualTo("policy_unavailable by policy");
        });
        assertThat(cluster.traffic().reachedUpstream())
                .as("never passed unscanned")
                .doesNotContainAnyElementsOf(refused.stream()
                        .filter(answer -> answer.status() == 503
                                && outcomes.attempts(answer).isEmpty())
                        .map(MarkedAnswer::mark)
                        .toList());
        List<MarkedAnswer> whileGone = refused.stream()
                .filter(answer ->
                        answer.begunNanos() > gone + Duration.ofSeconds(1).toNanos())
                .toList();
        assertThat(MarkedAnswer.percentile(whileGone, 99)).isLessThan(1_000);
        assertThat(answers)
                .filteredOn(answer ->
                        answer.begunNanos() > back + Duration.ofSeconds(1).toNanos())
                .isNotEmpty()
                .allMatch(MarkedAnswer::good);
        FaultTable.holds(
                "N2",
                "last policy worker killed",
                "kill -9 of the only host, then another process",
                refused.size() + " of " + answers.size() + " refused with E9 `policy_unavailable`, p99 "
                        + MarkedAnswer.percentile(whileGone, 99)
                        + " ms, none reached the upstream unscanned; all served when one is back");
    }

    @Test
    void n3_aPolicyWorkerFreezes() throws Exception {
        startWith("one", "two");

        List<MarkedAnswer> answers;
        try (MarkedLoad load = cluster.load("door", PER_SECOND)) {
            load.awaitSent(2 * PER_SECOND);
            cluster.freeze("one");
            load.awaitSent(30 * PER_SECOND);
            cluster.thaw("one");
            Await.until(PATIENCE, () -> cluster.at("door").workers("policy") == 2 * KINDS);
            load.awaitSent(3 * PER_SECOND);
            answers = load.finish();
        }

        Outcomes outcomes = assertRecorded(answers);
        assertThat(answers).allMatch(MarkedAnswer::good);
        double dropped = cluster.at("one").metric("keeptrusts_bus_stale_dropped_total");
        FaultTable.holds(
                "N3",
                "policy worker frozen",
                "SIGSTOP for 30 s of one host of two",
                answers.size() + " requests, none failed, " + outcomes.withRetriedHop()
                        + " asked a second worker; on waking " + (long) dropped + " questions dropped as stale");
    }

    @Test
    void n19_twoMembersDieTogether() throws Exception {
        startWith("one", "two", "three");

        List<MarkedAnswer> answers;
        try (MarkedLoad load = cluster.load("door", PER_SECOND)) {
            load.awaitSent(2 * PER_SECOND);
            cluster.kill("one");
            cluster.kill("two");
            load.awaitSent(5 * PER_SECOND);
            answers = load.finish();
        }

        assertThat(answers).allMatch(MarkedAnswer::good);
        Outcomes outcomes = assertRecorded(answers);
        FaultTable.holds(
                "N19",
                "two of four members die together",
                "kill -9 of two hosts of three with policy workers",
                answers.size() + " requests, none failed, " + outcomes.withRetriedHop() + " asked another worker");
    }

    private Outcomes assertRecorded(List<MarkedAnswer> answers) throws Exception {
        assertThat(cluster.terminate("door")).isZero();
        assertThat(cluster.ledgers().violations(answers)).isEmpty();
        cluster.ledgers().assertVerified();
        return cluster.ledgers().outcomes();
    }
}
