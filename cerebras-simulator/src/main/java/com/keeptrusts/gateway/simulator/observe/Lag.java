package com.keeptrusts.gateway.simulator.observe;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.ConcurrentHistogram;

/** How late the simulator itself was: without this figure a benchmark against it proves nothing. Thread-safe. */
public final class Lag {

    private static final long HIGHEST_MICROS = 60_000_000;

    private final ConcurrentHistogram micros = new ConcurrentHistogram(HIGHEST_MICROS, 3);

    private static final int[] STEPS_MILLIS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000};

    /**
     * What the histogram says so far; one entry for each write, measured at its oldest event.
     *
     * @param atMost how many were late by so many milliseconds at most
     */
    public record Snapshot(
            long writes,
            double p50Millis,
            double p99Millis,
            double p999Millis,
            double maxMillis,
            Map<Integer, Long> atMost) {

        public Snapshot {
            atMost = Collections.unmodifiableMap(new TreeMap<>(atMost));
        }
    }

    public void record(long lateMicros) {
        micros.recordValue(Math.clamp(lateMicros, 0, HIGHEST_MICROS));
    }

    public Snapshot snapshot() {
        return new Snapshot(
                micros.getTotalCount(), millis(50), millis(99), millis(99.9), micros.getMaxValue() / 1000.0, atMost());
    }

    private Map<Integer, Long> atMost() {
        Map<Integer, Long> counts = new TreeMap<>();
        for (int millis : STEPS_MILLIS) {
            counts.put(millis, micros.getCountBetweenValues(0, millis * 1_000L));
        }
        return counts;
    }

    private double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }

    public void reset() {
        micros.reset();
    }
}
