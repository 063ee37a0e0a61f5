package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.keeptrusts.gateway.journeys.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three hosts, each role on two of them, 200 requests a second at two doors, while hosts are killed, stopped, frozen and
 * cut off in an order that chance makes: {@code -Dfaults.minutes=10 -Dfaults.seed=5}. Whatever fails at a door that lives
 * must be what FAULTS says of the fault that goes on.
 */
@Tag("slow")
class MixedFaultsIT {

    private static final int PER_DOOR = 100;
    private static final Duration LENGTH =
            Duration.ofSeconds((long) (60 * Double.parseDouble(System.getProperty("faults.minutes", "2"))));
    private static final long SEED = Long.getLong("faults.seed", 5);
    private static final Duration HEALTHY = Duration.ofMinutes(2);

    /** What a door says when a worker or an upstream that lives has no time to answer. */
    private static final Set<String> TOO_LATE = Set.of(
            "policy_unavailable",
            "gateway_overloaded",
            "worker_lost",
            "upstream_unreachable",
            "upstream_error",
            "upstream_timeout");

    private static final int MOST_TOO_BUSY = 50;

    @TempDir
    private Path folder;

    private HostedCluster cluster;
    private final List<Episode> episodes = new ArrayList<>();
    private int tooBusy;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Shell.isRoot(), "makes network namespaces: run it as root");
        cluster = new HostedCluster(folder, "a", "b", "c");
        cluster.startAll(Placement.ROLES);
        for (String door : Placement.DOORS) {
            cluster.at(door).awaitReady();
            cluster.traffic().warmUp(cluster.door(door), PER_DOOR);
        }
    }

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void whatFailsIsWhatTheFaultThatGoesOnExplains() throws Exception {
        var random = new Random(SEED);
        Map<String, List<MarkedAnswer>> answers = new TreeMap<>();
        try (BusyMachine machine = cluster.traffic().machine();
                MarkedLoad atA = cluster.load("a", PER_DOOR);
                MarkedLoad atB = cluster.load("b", PER_DOOR)) {
            long end = System.nanoTime() + LENGTH.toNanos();
            while (System.nanoTime() < end) {
                atA.awaitSent(2 * PER_DOOR);
                episodes.add(play(MixedFault.any(random), atA));
            }
            atA.awaitSent(2 * PER_DOOR);
            answers.put("a", atA.finish());
            answers.put("b", atB.finish());
            answers.forEach((door, its) -> assertThat(inexplicable(door, its, machine))
                    .as("door %s, seed %d, %s", door, SEED, episodes)
                    .isEmpty());
        }

        for (String host : Placement.ROLES.keySet()) {
            assertThat(cluster.terminate(host)).isZero();
        }
        List<MarkedAnswer> all = answers.values().stream().flatMap(List::stream).toList();
        assertThat(cluster.ledgers().violations(all))
                .as("seed %d, %s", SEED, episodes)
                .isEmpty();
        assertEveryEndIsRecorded(answers);
        cluster.ledgers().assertVerified();
        assertThat(tooBusy)
                .as("refused because the machine could not keep up: the run says nothing")
                .isLessThan(all.size() / MOST_TOO_BUSY);
        report(all);
    }

    /** One fault from its beginning until all hosts hear each other again. */
    private Episode play(MixedFault fault, MarkedLoad clock) throws Exception {
        long from = System.nanoTime();
        fault.begin(cluster);
        clock.awaitSent(fault.seconds() * PER_DOOR);
        fault.end(cluster);
        Await.until(HEALTHY, this::healthy);
        return new Episode(fault, from, System.nanoTime() + Episode.AFTERMATH.toNanos());
    }

    private boolean healthy() throws Exception {
        for (String host : Placement.ROLES.keySet()) {
            if (cluster.at(host).workers("policy") != Placement.policyWorkers()
                    || cluster.at(host).nodesWith("provider") != 2
                    || cluster.at(host).workers("audit") != 2) {
                return false;
            }
        }
        return Placement.DOORS.stream().allMatch(door -> cluster.at(door).readiness() == 200);
    }

    private List<String> inexplicable(String door, List<MarkedAnswer> answers, BusyMachine machine) {
        List<String> found = new ArrayList<>();
        for (MarkedAnswer answer : answers) {
            boolean excused = answer.good() || episodes.stream().anyMatch(episode -> episode.explains(door, answer));
            if (!excused && TOO_LATE.contains(answer.code()) && machine.during(answer)) {
                tooBusy++;
            } else if (!excused) {
                found.add("%s %s after %d ms: status %d, code '%s', ended %b, during %s"
                        .formatted(
                                answer.mark(),
                                answer.stream() ? "stream" : "json",
                                answer.millis(),
                                answer.status(),
                                answer.code(),
                                answer.ended(),
                                during(answer)));
            }
        }
        return found;
    }

    private List<Episode> during(MarkedAnswer answer) {
        return episodes.stream().filter(episode -> episode.overlaps(answer)).toList();
    }

    /** Whoever got an end, be it a refusal, from a door finds it in a ledger. */
    private void assertEveryEndIsRecorded(Map<String, List<MarkedAnswer>> answers) throws Exception {
        Set<String> recorded =
                new HashSet<>(cluster.ledgers().outcomes().byRequest().keySet());
        answers.values()
                .forEach(all -> assertThat(all)
                        .filteredOn(
                                answer -> answer.ended() && !answer.requestId().isEmpty())
                        .allSatisfy(answer ->
                                assertThat(recorded).as(answer.toString()).contains(answer.requestId())));
    }

    private void report(List<MarkedAnswer> all) throws Exception {
        Map<String, Integer> failed = new TreeMap<>();
        all.stream()
                .filter(answer -> !answer.good())
                .forEach(answer -> failed.merge(
                        answer.code().isEmpty() ? "door gone" : "`" + answer.code() + "`", 1, Integer::sum));
        Map<String, Integer> faults = new HashMap<>();
        episodes.forEach(episode -> faults.merge(episode.fault().kind(), 1, Integer::sum));
        FaultTable.holds(
                "N1–N16",
                "mixed faults",
                "three hosts, " + 2 * PER_DOOR + " requests/s for " + LENGTH.toMinutes() + " minutes, seed " + SEED
                        + ": " + new TreeMap<>(faults),
                all.size() + " requests, not served " + failed
                        + ", each explained by the fault that went on"
                        + (tooBusy == 0 ? "" : " or, " + tooBusy + ", by a machine that was too busy")
                        + "; every end recorded once, both verdicts good");
    }
}
