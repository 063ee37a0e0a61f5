package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.keeptrusts.gateway.journeys.Await;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** N5 to N7: one of two hosts with provider workers dies or freezes, before the first byte or in mid-stream. */
@Tag("slow")
class LostProvidersIT {

    private static final int PER_SECOND = 40;
    private static final Duration DYING = Duration.ofSeconds(2);

    /** A silent worker is given up after 2.5 s, looked for each quarter of a second. */
    private static final Duration FREEZING = Duration.ofMillis(3_500);

    @TempDir
    private Path folder;

    private HostedCluster cluster;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Shell.isRoot(), "makes network namespaces: run it as root");
        cluster = new HostedCluster(folder, "door", "one", "two");
        cluster.startAll(Map.of("door", "ingress,policy,audit", "one", "provider", "two", "provider"));
        cluster.at("door").awaitReady();
        cluster.traffic().warmUp(cluster.door("door"), 2 * PER_SECOND);
    }

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void n5_aProviderWorkerIsKilledBeforeTheFirstByte() throws Exception {
        cluster.traffic().upstream().options(Map.of("tokens", "30", "rate", "600", "queue_ms", "0", "ttft_ms", "2000"));

        List<MarkedAnswer> answers;
        long killed;
        try (MarkedLoad load = cluster.load("door", PER_SECOND)) {
            load.awaitSent(3 * PER_SECOND);
            killed = System.nanoTime();
            cluster.kill("one");
            load.awaitSent(3 * PER_SECOND);
            answers = load.finish();
        }

        List<MarkedAnswer> lost =
                answers.stream().filter(answer -> !answer.good()).toList();
        Outcomes outcomes = assertRecorded(answers);
        assertThat(lost).isNotEmpty().allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.body()).isEqualTo(502);
            assertThat(outcomes.ending(answer)).isEqualTo("worker_lost by worker_lost");
            assertThat(answer.endedNanos() - killed).isLessThan(DYING.toNanos());
        });
        Map<Mark, Integer> calls = cluster.traffic().callsUpstream();
        List<MarkedAnswer> asked = answers.stream()
                .filter(answer -> calls.getOrDefault(answer.mark(), 0) > 1)
                .toList();
        assertThat(asked)
                .as("a call may be made twice only where the first was not known to be taken up")
                .allSatisfy(answer -> assertThat(outcomes.attempts(answer)).hasSize(2));
        FaultTable.holds(
                "N5",
                "provider worker killed before the first byte",
                "kill -9 of one host of two, " + PER_SECOND + " requests/s, first byte after 2 s",
                lost.size() + " of " + answers.size() + " ended as `worker_lost` within 2 s, " + asked.size()
                        + " were called twice upstream");
    }

    @Test
    void n6_aProviderWorkerIsKilledInMidStream() throws Exception {
        cluster.traffic().answers(200, 40);

        List<MarkedAnswer> answers;
        long killed;
        try (MarkedLoad load = cluster.load("door", PER_SECOND)) {
            load.awaitSent(3 * PER_SECOND);
            killed = System.nanoTime();
            cluster.kill("one");
            load.awaitSent(PER_SECOND);
            answers = load.finish();
        }

        int lost = assertBroken(answers, killed, DYING, assertRecorded(answers));
        FaultTable.holds(
                "N6",
                "provider worker killed in mid-stream",
                "kill -9 of one host of two, streams of 5 s",
                lost + " of " + answers.size() + " ended with the error frame and `[DONE]` within 2 s, "
                        + "`ended_by: worker_lost` with what was sent; the others were served");
    }

    @Test
    void n7_aProviderWorkerFreezesInMidStream() throws Exception {
        cluster.traffic().answers(1_200, 40);

        List<MarkedAnswer> answers;
        long frozen;
        long cancelled;
        try (MarkedLoad load = cluster.streams("door", PER_SECOND)) {
            load.awaitSent(2 * PER_SECOND);
            frozen = System.nanoTime();
            cluster.freeze("one");
            load.stop();
            Await.until(Duration.ofSeconds(30), () -> System.nanoTime() - frozen > 20_000_000_000L);
            List<MarkedAnswer> broken =
                    load.answers().stream().filter(answer -> !answer.good()).toList();
            cluster.thaw("one");
            Await.until(() -> cancelledUpstream() >= broken.size());
            cancelled = cancelledUpstream();
            answers = load.finish();
            assertThat(answers).filteredOn(answer -> !answer.good()).hasSameSizeAs(broken);
        }

        int lost = assertBroken(answers, frozen, FREEZING, assertRecorded(answers));
        FaultTable.holds(
                "N7",
                "provider worker frozen in mid-stream",
                "SIGSTOP for 20 s of one host of two, streams of 30 s",
                lost + " of " + answers.size() + " ended with the error frame within 3.5 s; on waking the worker "
                        + "cancelled " + cancelled + " calls upstream and no client heard of it; one outcome each");
    }

    private long cancelledUpstream() {
        return cluster.traffic().upstream().counters().streamsCancelled();
    }

    /** Returns how many answers broke, all of them as they should. */
    private static int assertBroken(List<MarkedAnswer> answers, long since, Duration within, Outcomes outcomes) {
        List<MarkedAnswer> lost =
                answers.stream().filter(answer -> !answer.terminalPartCame()).toList();
        assertThat(lost).filteredOn(MarkedAnswer::stream).isNotEmpty();
        assertThat(lost).allSatisfy(answer -> {
            assertThat(answer.endedNanos() - since).isLessThan(within.toNanos());
            assertThat(answer.ended()).as("cut").isTrue();
            assertThat(outcomes.ending(answer)).isEqualTo("worker_lost by worker_lost");
            if (answer.stream() && answer.status() == 200) {
                assertThat(answer.body()).contains("event: error").endsWith("data: [DONE]\n\n");
                JsonObject leaf = outcomes.of(answer);
                assertThat(leaf.getJsonObject("out").getLong("bytes")).isPositive();
                assertThat(leaf.getJsonObject("cm").getString("out")).isNotEmpty();
            } else {
                assertThat(answer.status()).isEqualTo(502);
            }
        });
        return lost.size();
    }

    private Outcomes assertRecorded(List<MarkedAnswer> answers) throws Exception {
        assertThat(cluster.terminate("door")).isZero();
        assertThat(cluster.ledgers().violations(answers)).isEmpty();
        cluster.ledgers().assertVerified();
        return cluster.ledgers().outcomes();
    }
}
