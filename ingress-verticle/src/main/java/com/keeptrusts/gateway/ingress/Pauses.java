package com.keeptrusts.gateway.ingress;

import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Notices that this process did not run for a while, be it a long collection, SIGSTOP or a machine that was moved, and
 * tells for how many milliseconds: what waited meanwhile was not kept waiting by anybody else.
 */
final class Pauses implements Heartbeat.Beat {

    private static final long NOTICED_NANOS = Duration.ofMillis(500).toNanos();

    private final LongConsumer told;
    private long lastNanos;

    Pauses(long nowNanos, LongConsumer told) {
        this.lastNanos = nowNanos;
        this.told = told;
    }

    @Override
    public void beat(long nowNanos) {
        long overdue = nowNanos - lastNanos - Heartbeat.PERIOD_MILLIS * 1_000_000;
        lastNanos = nowNanos;
        if (overdue > NOTICED_NANOS) {
            told.accept(overdue / 1_000_000);
        }
    }
}
