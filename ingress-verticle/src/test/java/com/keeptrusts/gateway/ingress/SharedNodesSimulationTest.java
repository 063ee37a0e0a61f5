package com.keeptrusts.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Twenty nodes, each with an ingress and four workers of its own, in virtual time. */
class SharedNodesSimulationTest {

    private final SimulatedCluster cluster =
            new SimulatedCluster(7).ingresses(20, "node-").workers(20, "node-", 4, 5);

    @Test
    void whoHasEnoughWorkersAsksNobodyElse() {
        cluster.time().pass(1_500);
        cluster.ingresses().getFirst().load(150);

        cluster.time().pass(5_000);

        assertThat(cluster.workers().stream()
                        .filter(worker -> !worker.node().equals("node-0"))
                        .mapToInt(SimulatedWorker::taken)
                        .sum())
                .isZero();
    }

    @Test
    void whoGetsThreeTimesWhatItsOwnWorkersCanDoIsHelpedByOthers() {
        cluster.time().pass(1_500);
        cluster.load(100);
        cluster.ingresses().getFirst().load(2_400);

        cluster.time().pass(10_000);

        assertThat(cluster.sum(SimulatedIngress::failures)).isZero();
        assertThat(cluster.retryShare()).isLessThan(0.01);
    }

    @Test
    void whoseOwnWorkersFreezeIsServedByOthers() {
        cluster.time().pass(1_500);
        cluster.load(200);
        cluster.time().pass(1_000);
        cluster.forget();

        cluster.workers().subList(0, 4).forEach(SimulatedWorker::freeze);
        cluster.time().pass(5_000);

        assertThat(cluster.retryShare()).isPositive().isLessThan(0.01);
        assertThat(cluster.sum(SimulatedIngress::failures)).isZero();
    }
}
