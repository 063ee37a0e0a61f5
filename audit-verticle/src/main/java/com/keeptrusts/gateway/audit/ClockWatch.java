package com.keeptrusts.gateway.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Notices that the wall clock was set: it and the monotonic clock have gone apart by more than a second between two
 * looks. A slow drift, as time daemons correct it, is none. Not thread-safe.
 */
final class ClockWatch {

    private static final Duration STEP = Duration.ofSeconds(1);

    private final Clock wall;
    private final LongSupplier monotonicNanos;
    private long wallBefore;
    private long monotonicBefore;

    ClockWatch(Clock wall, LongSupplier monotonicNanos) {
        this.wall = wall;
        this.monotonicNanos = monotonicNanos;
        this.wallBefore = wall.millis();
        this.monotonicBefore = monotonicNanos.getAsLong();
    }

    /** How far the wall clock was set since the last look, negative when backwards; zero when it was not. */
    Duration step() {
        long wallNow = wall.millis();
        long monotonicNow = monotonicNanos.getAsLong();
        Duration apart = Duration.ofMillis(wallNow - wallBefore).minusNanos(monotonicNow - monotonicBefore);
        wallBefore = wallNow;
        monotonicBefore = monotonicNow;
        return apart.abs().compareTo(STEP) > 0 ? Duration.ofMillis(apart.toMillis()) : Duration.ZERO;
    }
}
