package com.keeptrusts.gateway.benchmarks;

import com.keeptrusts.gateway.benchmarks.load.Arrival;
import com.keeptrusts.gateway.benchmarks.load.LoadReport;
import com.keeptrusts.gateway.benchmarks.load.ProcessCpu;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One and four policy workers on a chain that only costs CPU. Each worker is a process that gets a small share of a core, so
 * that cores are free whatever the machine; the door, the upstream and the load have what is left.
 */
final class ScalingRows {

    private static final int MOST = 4;
    private static final double SHARE = 0.12;
    private static final int PROMPT = 60_000;
    private static final int AT_ONCE = 8;

    /** CPU time after which a worker's code is compiled. */
    private static final double WARM_SECONDS = 15;

    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final int WARM_UPS = 30;

    private final Lab lab;
    private final Samples rate = new Samples();
    private final Samples tail = new Samples();
    private final Samples cpu = new Samples();

    ScalingRows(Lab lab) {
        this.lab = lab;
    }

    List<Figure> measure() {
        if (!CpuShare.available()) {
            lab.note("scaling: needs root and control groups; its rows are left out");
            return List.of();
        }
        lab.simulator().answer(20, 0, 0);
        Subject door = lab.launchGateway(GatewayProcess.of("scaling-door", "pii-only.yaml")
                .with("--cluster=" + lab.clusterFile(), "--roles", "ingress,provider"));
        List<Subject> workers = new ArrayList<>();
        try {
            for (int n = 1; n <= MOST; n++) {
                workers.add(lab.launchGateway(GatewayProcess.of("scaling-worker-" + n, "pii-only.yaml")
                        .with("--cluster=" + lab.clusterFile(), "--roles", "policy:pii-detector=1")));
            }
            lab.awaitReady(door);
            List<Buffer> requests = lab.requests(door, PROMPT, false);
            warmUp(door, workers, requests);
            measure(door, workers, requests);
            workers.subList(1, MOST).forEach(lab::stop);
            measure(door, workers.subList(0, 1), requests);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            workers.forEach(lab::stop);
            lab.stop(door);
        }
        return figures();
    }

    /** Until every worker has worked enough; a worker that the door does not hear yet gets nothing to do. */
    private void warmUp(Subject door, List<Subject> workers, List<Buffer> requests) {
        lab.say("warming up the workers");
        for (int i = 0;
                i < WARM_UPS && workers.stream().anyMatch(worker -> ProcessCpu.seconds(worker.pids()) < WARM_SECONDS);
                i++) {
            lab.load(door, requests, AT_ONCE, WARM_UP);
        }
    }

    private void measure(Subject door, List<Subject> workers, List<Buffer> requests) throws IOException {
        String name = workers.size() + " workers";
        var throughDoor = new Subject(
                name,
                door.port(),
                workers.stream().flatMap(worker -> worker.processes().stream()).toList());
        List<CpuShare> shares = new ArrayList<>();
        try {
            for (Subject worker : workers) {
                shares.add(CpuShare.of(worker.name(), SHARE, worker.pids()));
            }
            lab.load(door, requests, AT_ONCE, Duration.ofSeconds(1));
            for (int round = 0; round < lab.rounds(); round++) {
                LoadReport report =
                        lab.measure(throughDoor, requests, new Arrival.Closed(AT_ONCE), Duration.ofSeconds(5));
                rate.add(name, report.perSecond());
                tail.add(name, report.latency().p99());
                cpu.add(name, 100 * report.cpuSeconds() / report.duration().toNanos() * 1e9);
            }
        } finally {
            for (CpuShare share : shares) {
                share.close();
            }
        }
    }

    private List<Figure> figures() {
        String one = "1 workers";
        String four = MOST + " workers";
        String beside = "1 worker %s requests/s, p99 %s ms, %s %% of a core; %d workers %s, %s ms, %s %%"
                .formatted(
                        FigureTable.number(rate.median(one)),
                        FigureTable.number(tail.median(one)),
                        FigureTable.number(cpu.median(one)),
                        MOST,
                        FigureTable.number(rate.median(four)),
                        FigureTable.number(tail.median(four)),
                        FigureTable.number(cpu.median(four)));
        return List.of(
                new Figure(
                        "policy workers 1 → 4 on a CPU-bound chain: requests/s",
                        "×",
                        Budget.atLeast(3, 3.5),
                        rate.median(four) / rate.median(one),
                        beside),
                new Figure(
                        "policy workers 1 → 4 on a CPU-bound chain: p99",
                        "% of one worker's",
                        Budget.atMost(60, 40),
                        100 * tail.median(four) / tail.median(one),
                        "each worker a process with " + FigureTable.number(100 * SHARE) + " % of a core, prompts of "
                                + PROMPT / 1_000 + " KB, " + AT_ONCE + " at a time"));
    }
}
