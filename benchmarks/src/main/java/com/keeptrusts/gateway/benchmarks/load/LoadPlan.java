package com.keeptrusts.gateway.benchmarks.load;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;

/**
 * One run of load.
 *
 * @param requests rendered requests, sent in turn
 * @param warmUp load that is sent but not measured
 * @param grace how long answers that run at the end may take; what runs longer is cut and not counted
 * @param pids processes whose CPU time is read over the measured time
 */
public record LoadPlan(
        String host,
        int port,
        List<Buffer> requests,
        Arrival arrival,
        Duration warmUp,
        Duration duration,
        Duration grace,
        List<Long> pids) {

    public LoadPlan {
        requests = List.copyOf(requests);
        pids = List.copyOf(pids);
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("requests: none (expected: at least one)");
        }
    }

    /** A plan without warm-up that reads no CPU time. */
    public static LoadPlan of(String host, int port, List<Buffer> requests, Arrival arrival, Duration duration) {
        return new LoadPlan(host, port, requests, arrival, Duration.ZERO, duration, Duration.ofSeconds(10), List.of());
    }

    public LoadPlan withWarmUp(Duration time) {
        return new LoadPlan(host, port, requests, arrival, time, duration, grace, pids);
    }

    public LoadPlan withGrace(Duration time) {
        return new LoadPlan(host, port, requests, arrival, warmUp, duration, time, pids);
    }

    public LoadPlan withPids(List<Long> processes) {
        return new LoadPlan(host, port, requests, arrival, warmUp, duration, grace, processes);
    }
}
