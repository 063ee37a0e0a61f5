package com.keeptrusts.gateway.simulator.observe;

import org.HdrHistogram.ConcurrentHistogram;

/** How late the simulator itself was: without this figure a benchmark against it proves nothing. Thread-safe. */
public final class Lag {

    private static final long HIGHEST_MICROS = 60_000_000;

    private final ConcurrentHistogram micros = new ConcurrentHistogram(HIGHEST_MICROS, 3);

    /** What the histogram says so far; one entry for each write, measured at its oldest event. */
    public record Snapshot(long writes, double p50Millis, double p99Millis, double p999Millis, double maxMillis) {}

    public void record(long lateMicros) {
        micros.recordValue(Math.clamp(lateMicros, 0, HIGHEST_MICROS));
    }

    public Snapshot snapshot() {
        return new Snapshot(
                micros.getTotalCount(), millis(50), millis(99), millis(99.9), micros.getMaxValue() / 1000.0);
    }

    private double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }

    public void reset() {
        micros.reset();
    }
}
