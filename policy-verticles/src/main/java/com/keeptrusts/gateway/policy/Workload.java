package com.keeptrusts.gateway.policy;

import java.util.Arrays;

/** What one worker has on its hands and how fast it has been. Written on the worker's context, read anywhere. */
final class Workload {

    private static final int WINDOW = 512;
    private static final long PERIOD_NANOS = 500_000_000;

    private final String address;
    private final long[] recentMicros = new long[WINDOW];
    private long reviews;
    private long busyNanos;
    private long busyNanosBefore;
    private long measuredAt = System.nanoTime();
    private double busyShare;

    // Volatile for the readers elsewhere; there is one writer, so += needs no atomic.
    private volatile int outstanding;
    private volatile int waiting;
    private volatile int openStreams;

    Workload(String address) {
        this.address = address;
    }

    String address() {
        return address;
    }

    int outstanding() {
        return outstanding;
    }

    int waiting() {
        return waiting;
    }

    int openStreams() {
        return openStreams;
    }

    void outstanding(int count) {
        outstanding = count;
    }

    void waiting(int count) {
        waiting = count;
    }

    void openStreams(int count) {
        openStreams = count;
    }

    void reviewed(long nanos) {
        recentMicros[(int) (reviews++ % WINDOW)] = nanos / 1_000;
        busyNanos += nanos;
    }

    void streamed(long nanos) {
        busyNanos += nanos;
    }

    /** Share of the time since the last measurement, about a second ago, that was spent working. */
    double busyShare() {
        long now = System.nanoTime();
        long elapsed = now - measuredAt;
        if (elapsed >= PERIOD_NANOS) {
            busyShare = Math.clamp((double) (busyNanos - busyNanosBefore) / elapsed, 0.0, 1.0);
            busyNanosBefore = busyNanos;
            measuredAt = now;
        }
        return busyShare;
    }

    long p99Micros() {
        int known = (int) Math.min(reviews, WINDOW);
        if (known == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(recentMicros, known);
        Arrays.sort(sorted);
        return sorted[(known - 1) * 99 / 100];
    }
}
