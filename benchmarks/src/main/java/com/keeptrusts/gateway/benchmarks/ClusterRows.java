package com.keeptrusts.gateway.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Three processes: one takes requests, calls the provider and keeps the ledger, two serve the policies. */
final class ClusterRows {

    private final Lab lab;

    ClusterRows(Lab lab) {
        this.lab = lab;
    }

    List<Figure> measure(JsonRows json, Subject one) {
        long start = System.nanoTime();
        Subject cluster = start();
        double ready = (System.nanoTime() - start) / 1e9;
        try {
            lab.warmUp(cluster, false);
            lab.warmUp(cluster, true);
            var figures = new ArrayList<Figure>();
            figures.add(new Figure("ready, clustered (three processes at once)", "s", Budget.atMost(8, 8), ready, ""));
            figures.add(json.addedMedian("JSON, three JVMs", cluster, Budget.atMost(1.5, 1.25)));
            figures.addAll(json.throughput("JSON, three JVMs", cluster, Budget.atLeast(18, 24), Budget.atMost(9, 6.7)));
            figures.add(json.addedTail(
                    "three JVMs, 1,000 requests/s: added p99 over one JVM",
                    cluster,
                    one,
                    1_000,
                    0,
                    Budget.atMost(15, 15)));
            figures.add(new StreamRows(lab)
                    .addedFirstToken("SSE, three JVMs", cluster, lab.direct(), Budget.atMost(1.5, 1.0)));
            return figures;
        } finally {
            lab.stop(cluster);
        }
    }

    private Subject start() {
        var front = lab.launchGateway(GatewayProcess.of("cluster-front")
                .with("--cluster=" + lab.clusterFile(), "--roles", "ingress,provider,audit"));
        var processes = new ArrayList<>(front.processes());
        for (String name : List.of("cluster-policy-1", "cluster-policy-2")) {
            processes.addAll(lab.launchGateway(
                            GatewayProcess.of(name).with("--cluster=" + lab.clusterFile(), "--roles", "policy"))
                    .processes());
        }
        lab.awaitReady(front);
        return lab.together("cluster", front.port(), processes);
    }
}
