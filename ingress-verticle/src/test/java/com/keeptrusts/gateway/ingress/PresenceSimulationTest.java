package com.keeptrusts.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Five hundred workers on fifty nodes and fifty ingresses elsewhere, in virtual time: the directories are the real ones.
 * Together the ingresses send 30,000 requests a second, which keeps the workers busy for six tenths of the time.
 */
class PresenceSimulationTest {

    private static final long SEED = 20261126;
    private static final double SERVICE_MILLIS = 10;
    private static final double PER_INGRESS = 600;

    /** Reviews differ in length, so that a queue exceeds the limit of a hop now and then. */
    private static final double BY_ACCIDENT = 0.0005;

    private final SimulatedCluster cluster =
            new SimulatedCluster(SEED).ingresses(50, "door-").workers(50, "node-", 10, SERVICE_MILLIS);

    @Test
    void everyWorkerGetsItsShare() {
        running();
        Map<SimulatedWorker, Integer> before = taken();

        cluster.time().pass(4_000);

        double mean = PER_INGRESS * 50 * 4 / 500;
        assertThat(since(before))
                .allSatisfy((worker, questions) ->
                        assertThat(questions / mean).as(worker.address()).isBetween(0.6, 1.4));
        assertThat(cluster.retryShare()).isLessThan(BY_ACCIDENT);
        assertThat(cluster.sum(SimulatedIngress::failures)).isZero();
    }

    @Test
    void aFrozenHundredthCostsFewRequestsARetry_isLeftAloneWithinASecond_andComesBack_N3() {
        running();
        List<SimulatedWorker> frozen = cluster.workers().subList(120, 125);

        frozen.forEach(SimulatedWorker::freeze);
        cluster.time().pass(1_000);
        Map<SimulatedWorker, Integer> ejected = taken(frozen);
        cluster.time().pass(4_000);
        Map<SimulatedWorker, Integer> untilThaw = taken(frozen);

        assertThat(untilThaw).isEqualTo(ejected);
        assertThat(cluster.retryShare()).isPositive().isLessThan(0.01);
        assertThat(cluster.sum(SimulatedIngress::failures)).isZero();
        frozen.forEach(SimulatedWorker::thaw);
        cluster.forget();
        cluster.time().pass(2_000);
        assertThat(taken(frozen))
                .allSatisfy((worker, questions) ->
                        assertThat(questions).isGreaterThan(untilThaw.getOrDefault(worker, 0) + 25));
        assertThat(cluster.retryShare()).isLessThan(BY_ACCIDENT);
    }

    @Test
    void aFrozenNodeAndAKilledOneFailNobody_N1_N3() {
        running();

        cluster.workers().subList(0, 10).forEach(SimulatedWorker::freeze);
        List.copyOf(cluster.workers().subList(490, 500)).forEach(cluster::kill);
        cluster.time().pass(4_000);

        assertThat(cluster.retryShare()).isPositive().isLessThan(0.01);
        assertThat(cluster.sum(SimulatedIngress::failures)).isZero();
    }

    @Test
    void workersThatAreHeardButCannotBeReachedCostNothingAfterThreeSeconds_N15_N16() {
        running();

        cluster.workers().subList(0, 10).forEach(worker -> worker.deafen(true));
        cluster.time().pass(3_000);
        double atFirst = cluster.retryShare();
        cluster.forget();
        cluster.time().pass(4_000);

        assertThat(atFirst).isPositive().isLessThan(0.02);
        assertThat(cluster.retryShare()).isLessThan(BY_ACCIDENT);
        assertThat(cluster.sum(SimulatedIngress::failures)).isZero();
    }

    @Test
    void aSlowWorkerIsGivenWhatItCanDo_N4() {
        running();
        SimulatedWorker slow = cluster.workers().get(77);

        slow.slowDown(10);
        cluster.time().pass(1_000);
        cluster.forget();
        int before = slow.taken();
        cluster.time().pass(4_000);

        double share = (slow.taken() - before) * 500 / (PER_INGRESS * 50 * 4);
        assertThat(share).isBetween(0.01, 0.2);
        assertThat(cluster.retryShare()).isLessThan(BY_ACCIDENT);
        assertThat(cluster.sum(SimulatedIngress::failures)).isZero();
    }

    @Test
    void lostAnnouncementsCostNobodyAnything() {
        cluster.losePresences(0.2);
        running();

        cluster.time().pass(4_000);

        assertThat(cluster.retryShare()).isLessThan(BY_ACCIDENT);
        assertThat(cluster.sum(SimulatedIngress::failures)).isZero();
    }

    @Test
    void thoseWhoJoinWorkAtOnce_andThoseWhoLeaveAreNotMissed() {
        running();

        List<SimulatedWorker> leaving = List.copyOf(cluster.workers().subList(0, 50));
        leaving.forEach(SimulatedWorker::leave);
        cluster.time().pass(100);
        Map<SimulatedWorker, Integer> left = taken(leaving);
        cluster.workers(5, "new-", 10, SERVICE_MILLIS);
        List<SimulatedWorker> joined = cluster.workers().subList(500, 550);
        cluster.time().pass(2_000);

        assertThat(taken(leaving)).isEqualTo(left);
        assertThat(taken(joined))
                .allSatisfy((_, questions) -> assertThat(questions).isGreaterThan(60));
        assertThat(cluster.retryShare()).isLessThan(BY_ACCIDENT);
        assertThat(cluster.sum(SimulatedIngress::failures)).isZero();
    }

    @Test
    void whateverHappensInAMinuteLittleIsRetriedAndNothingFails() {
        var random = new SplittableRandom(SEED);
        cluster.losePresences(0.01);
        running(PER_INGRESS / 10);

        for (int second = 0; second < 60; second++) {
            befall(random, pick(random), second);
            cluster.time().pass(1_000);
        }

        assertThat(cluster.retryShare()).isPositive().isLessThan(0.01);
        assertThat(cluster.sum(SimulatedIngress::failures)).isZero();
    }

    private void befall(SplittableRandom random, SimulatedWorker worker, int second) {
        switch (random.nextInt(5)) {
            case 0 -> {
                worker.freeze();
                cluster.time().set(random.nextInt(8_000), worker::thaw);
            }
            case 1 -> {
                worker.deafen(true);
                cluster.time().set(random.nextInt(8_000), () -> worker.deafen(false));
            }
            case 2 -> {
                worker.slowDown(20);
                cluster.time().set(random.nextInt(8_000), () -> worker.slowDown(0.05));
            }
            case 3 -> worker.leave();
            default -> cluster.join("late-" + second, 0, SERVICE_MILLIS);
        }
    }

    private SimulatedWorker pick(SplittableRandom random) {
        return cluster.workers().get(random.nextInt(cluster.workers().size()));
    }

    private void running() {
        running(PER_INGRESS);
    }

    private void running(double perIngress) {
        cluster.time().pass(1_500);
        cluster.load(perIngress);
        cluster.time().pass(1_000);
        cluster.forget();
    }

    private Map<SimulatedWorker, Integer> taken() {
        return taken(new ArrayList<>(cluster.workers()));
    }

    private static Map<SimulatedWorker, Integer> taken(List<SimulatedWorker> workers) {
        Map<SimulatedWorker, Integer> taken = new HashMap<>();
        workers.forEach(worker -> taken.put(worker, worker.taken()));
        return taken;
    }

    private static Map<SimulatedWorker, Integer> since(Map<SimulatedWorker, Integer> before) {
        Map<SimulatedWorker, Integer> since = new HashMap<>();
        before.forEach((worker, questions) -> since.put(worker, worker.taken() - questions));
        return since;
    }
}
