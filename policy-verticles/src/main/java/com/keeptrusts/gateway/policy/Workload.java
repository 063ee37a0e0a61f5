package com.keeptrusts.gateway.policy;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What one worker has on its hands and how fast it has been. Written on the worker's context; what it measures each second
 * may be read anywhere.
 */
final class Workload {

    private static final int WINDOW = 512;
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** An answer of longer ago says nothing about now: a worker that has nothing to do has no latency. */
    private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String address;
    private final LongSupplier clock;
    private final long[] answeredAt = new long[WINDOW];
    private final long[] answerMicros = new long[WINDOW];
    private long answers;
    private int atWork;
    private long atWorkSince;
    private long busyNanos;
    private long measuredAt;

    // Volatile for the readers elsewhere; there is one writer, so += needs no atomic.
    private volatile int outstanding;
    private volatile int waiting;
    private volatile int openStreams;
    private volatile double busyShare;
    private volatile long p99Micros;

    Workload(String address) {
        this(address, System::nanoTime);
    }

    Workload(String address, LongSupplier clock) {
        this.address = address;
        this.clock = clock;
        this.measuredAt = clock.getAsLong();
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

    /** The worker turns to something; it may have more than one thing in hand. */
    void begins() {
        if (atWork++ == 0) {
            atWorkSince = clock.getAsLong();
        }
    }

    void ends() {
        if (--atWork == 0) {
            busyNanos += clock.getAsLong() - atWorkSince;
        }
    }

    /** A call was judged, so long after it had arrived. */
    void answered(long nanosSinceArrival) {
        int place = (int) (answers++ % WINDOW);
        answeredAt[place] = clock.getAsLong();
        answerMicros[place] = nanosSinceArrival / 1_000;
    }

    /** Looks back on the time since the last measurement; does nothing when that was a moment ago. */
    void measure() {
        long now = clock.getAsLong();
        long elapsed = now - measuredAt;
        if (elapsed < PERIOD_NANOS) {
            return;
        }
        if (atWork > 0) { // what is at work has been so far
            busyNanos += now - atWorkSince;
            atWorkSince = now;
        }
        busyShare = Math.clamp((double) busyNanos / elapsed, 0.0, 1.0);
        busyNanos = 0;
        measuredAt = now;
        p99Micros = p99(now);
    }

    /** Share of the last measured second in which it was at work. */
    double busyShare() {
        return busyShare;
    }

    /** 99th percentile of its answer times of the last ten seconds, waiting included; 0 when there were none. */
    long p99Micros() {
        return p99Micros;
    }

    private long p99(long now) {
        int known = (int) Math.min(answers, WINDOW);
        long[] recent = new long[known];
        int count = 0;
        for (int i = 0; i < known; i++) {
            if (now - answeredAt[i] <= RECENT_NANOS) {
                recent[count++] = answerMicros[i];
            }
        }
        Arrays.sort(recent, 0, count);
        return count == 0 ? 0 : recent[(count - 1) * 99 / 100];
    }
}
