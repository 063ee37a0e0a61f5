package com.keeptrusts.gateway.benchmarks.load;

import java.time.Duration;
import java.util.Map;

/**
 * What a run measured.
 *
 * @param completed answers that ended within the measured time
 * @param events events of streams that arrived within it
 * @param latency of whole answers, in milliseconds
 * @param firstToken to the first event of a stream, or to the first byte of any other answer, in milliseconds
 * @param gap between reads that brought events of one stream, in milliseconds
 * @param streamSeconds the time all streams together were running, from their first event on
 * @param pacedEvents the events that came in that time
 * @param failures by status or by what went wrong
 * @param cpuSeconds CPU time of the watched processes
 */
public record LoadReport(
        Duration duration,
        long completed,
        long events,
        Percentiles latency,
        Percentiles firstToken,
        Percentiles gap,
        double streamSeconds,
        long pacedEvents,
        Map<String, Long> failures,
        double cpuSeconds) {

    public LoadReport {
        failures = Map.copyOf(failures);
    }

    public double perSecond() {
        return completed / seconds();
    }

    public double eventsPerSecond() {
        return events / seconds();
    }

    /** Events per second of one stream while it was running. */
    public double streamPace() {
        return streamSeconds == 0 ? 0 : pacedEvents / streamSeconds;
    }

    public double cpuMicrosPerRequest() {
        return completed == 0 ? 0 : cpuSeconds * 1e6 / completed;
    }

    public double cpuMicrosPerEvent() {
        return events == 0 ? 0 : cpuSeconds * 1e6 / events;
    }

    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    private double seconds() {
        return duration.toNanos() / 1e9;
    }
}
