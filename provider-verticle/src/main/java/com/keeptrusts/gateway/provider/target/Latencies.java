package com.keeptrusts.gateway.provider.target;

import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/** The times to the first token of a target's latest answers. Safe for threads. */
final class Latencies {

    private static final int KEPT = 256;

    private final LongSupplier nanos;
    private final long[] takenAt = new long[KEPT];
    private final long[] micros = new long[KEPT];
    private int count;

    Latencies(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void add(long firstByteMicros) {
        takenAt[count % KEPT] = nanos.getAsLong();
        micros[count % KEPT] = firstByteMicros;
        count++;
    }

    /** Their mean over a window, when there are enough. */
    synchronized OptionalDouble mean(int windowSeconds, int minSampleCount) {
        long since = nanos.getAsLong() - windowSeconds * 1_000_000_000L;
        long sum = 0;
        int samples = 0;
        for (int i = 0; i < Math.min(count, KEPT); i++) {
            if (takenAt[i] - since >= 0) {
                sum += micros[i];
                samples++;
            }
        }
        return samples < Math.min(minSampleCount, KEPT) || samples == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) sum / samples);
    }
}
