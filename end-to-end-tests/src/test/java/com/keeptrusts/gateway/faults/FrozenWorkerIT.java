package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.journeys.ClusterFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of two processes with policy workers is frozen, or nearly so, under a hundred requests a second, half of them
 * streams whose answers are reviewed too. {@code -Dfaults.frozen.seconds=30} for a longer frost.
 */
class FrozenWorkerIT {

    private static final int PER_SECOND = 100;
    private static final int SECONDS = Integer.getInteger("faults.frozen.seconds", 5);
    private static final Duration PATIENCE = Duration.ofSeconds(60 + 2L * SECONDS);

    @TempDir
    private Path folder;

    private LoadedGateway door;
    private PolicyProcess first;
    private PolicyProcess second;

    @BeforeEach
    void open() throws Exception {
        Path clusterXml = ClusterFile.write(folder);
        door = new LoadedGateway(folder, folder.resolve("data"));
        first = PolicyProcess.start(clusterXml, folder);
        second = PolicyProcess.start(clusterXml, folder);
        door.start("--cluster", clusterXml.toString(), "--roles", "ingress,provider,audit");
        Await.until(PATIENCE, () -> {
            door.ask(10);
            return first.reviews() > 50 && second.reviews() > 50;
        });
        door.warmUp();
    }

    @AfterEach
    void close() throws Exception {
        first.close();
        second.close();
        door.close();
    }

    @Test
    void fewRequestsAreAskedTwiceAndNoneFailsOrIsReviewedForNobody_N3() throws Exception {
        List<MarkedAnswer> before = load(SECONDS);
        List<MarkedAnswer> answers;
        try (MarkedLoad load = door.load(PER_SECOND)) {
            Await.until(PATIENCE, () -> load.sent() >= PER_SECOND);
            first.freeze();
            Await.until(PATIENCE, () -> load.sent() >= PER_SECOND * (1 + SECONDS));
            first.thaw();
            double thawed = first.reviews();
            Await.until(PATIENCE, () -> first.reviews() >= thawed + PER_SECOND); // it is asked again
            answers = load.finish();
        }
        double reviews = first.reviews();
        double dropped = first.staleDropped();

        first.freeze();
        List<MarkedAnswer> meanwhile = load(2);
        first.thaw();
        Await.until(PATIENCE, () -> first.staleDropped() > dropped);

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.good()).as(answer.body()).isTrue());
        assertThat(meanwhile)
                .allSatisfy(
                        answer -> assertThat(answer.good()).as(answer.body()).isTrue());
        assertThat(first.reviews()).as("reviews, after it had been frozen").isEqualTo(reviews);
        assertThat(door.terminate()).isZero();
        Outcomes outcomes = Outcomes.in(List.of(door.data()));
        long retried = outcomes.withRetriedHop(answers);
        assertThat(retried).isPositive();
        assertThat(retried - outcomes.withRetriedHop(before))
                .as("more requests of %d with a retry than without frost", answers.size())
                .isLessThanOrEqualTo(answers.size() / 100);
        FaultTable.holds(
                "N3",
                "policy worker frozen",
                "SIGSTOP of one of two policy processes for " + SECONDS + " s at " + PER_SECOND
                        + " requests/s, half of them streams",
                answers.size() + " requests, none failed, " + retried + " with a retry, " + (long) first.staleDropped()
                        + " stale questions dropped and none reviewed, " + slowest(answers) + " ms the slowest answer");
    }

    @Tag("slow")
    @Test
    void aSlowOneGetsLessToDoAndNobodyWaitsInVain_N4() throws Exception {
        List<MarkedAnswer> before = load(SECONDS);
        first.brake();

        List<MarkedAnswer> answers = load(SECONDS);

        first.release();
        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.good()).as(answer.body()).isTrue());
        assertThat(door.terminate()).isZero();
        Outcomes outcomes = Outcomes.in(List.of(door.data()));
        double fair = share(outcomes, before);
        double slow = share(outcomes, answers);
        assertThat(slow).as("its share, which was %s", fair).isLessThan(0.75 * fair);
        long retried = outcomes.withRetriedHop(answers);
        assertThat(retried - outcomes.withRetriedHop(before)).isLessThanOrEqualTo(answers.size() / 100);
        FaultTable.holds(
                "N4",
                "slow policy worker",
                "one of two policy processes runs 10 ms of every 100 for " + SECONDS + " s at " + PER_SECOND
                        + " requests/s",
                answers.size() + " requests, none failed, " + retried
                        + " with a retry; its share of the reviews fell from " + percent(fair) + " to "
                        + percent(slow));
    }

    private List<MarkedAnswer> load(int seconds) throws Exception {
        try (MarkedLoad load = door.load(PER_SECOND)) {
            Await.until(PATIENCE, () -> load.sent() >= PER_SECOND * seconds);
            return load.finish();
        }
    }

    /** The share of the first process in the reviews of these requests. */
    private double share(Outcomes outcomes, List<MarkedAnswer> answers) {
        List<String> workers = answers.stream()
                .flatMap(answer -> outcomes.workers(answer).stream())
                .toList();
        return (double) workers.stream().filter(first::owns).count() / workers.size();
    }

    private static long slowest(List<MarkedAnswer> answers) {
        return answers.stream().mapToLong(MarkedAnswer::millis).max().orElse(0);
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %";
    }
}
