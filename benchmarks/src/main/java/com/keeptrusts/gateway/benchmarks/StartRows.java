package com.keeptrusts.gateway.benchmarks;

import com.keeptrusts.gateway.benchmarks.load.Arrival;
import com.keeptrusts.gateway.benchmarks.load.LoadReport;
import java.time.Duration;

/** What a process of its own is needed for: how soon it is ready, and whether a small heap is enough. */
final class StartRows {

    private static final int LONG_PROMPT = 120_000;

    private final Lab lab;

    StartRows(Lab lab) {
        this.lab = lab;
    }

    /** From the command to status 200 of {@code /readyz}, the JVM's own start included. */
    Figure ready() {
        var seconds = new Samples();
        for (int round = 0; round < lab.rounds(); round++) {
            long start = System.nanoTime();
            Subject gateway = lab.startGateway(GatewayProcess.of("gateway-start"));
            seconds.add(gateway.name(), (System.nanoTime() - start) / 1e9);
            lab.stop(gateway);
        }
        return new Figure("ready, standalone", "s", Budget.atMost(3, 3), seconds.median("gateway-start"), "");
    }

    /** How many of the requests with long prompts fail while the heap is small. */
    Figure smallHeap() {
        Subject gateway = lab.startGateway(GatewayProcess.of("gateway-256m").withJvm("-Xmx256m"));
        lab.simulator().answer(20, 0, 0);
        LoadReport report = lab.measure(
                gateway, lab.requests(gateway, LONG_PROMPT, false), new Arrival.Closed(16), Duration.ofSeconds(10));
        boolean survived = gateway.processes().stream().allMatch(ChildProcess::isRunning);
        lab.stop(gateway);
        long failed = survived && report.completed() > 0 ? report.failed() : Math.max(1, report.failed());
        return new Figure(
                "120 KB prompts, c=16, heap 256 MiB: failed",
                "requests",
                Budget.atMost(0, 0),
                failed,
                FigureTable.number(report.perSecond()) + "/s, p99 "
                        + FigureTable.number(report.latency().p99()) + " ms");
    }
}
