package com.keeptrusts.gateway.provider.target;

import com.keeptrusts.gateway.provider.settings.BreakerSettings;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Leaves a target alone that failed several times in a row, and then probes it, once a second at most, before calls go
 * there again. Safe for threads.
 */
final class CircuitBreaker {

    /** What a breaker does with calls. */
    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    /** Where no other target is left, a probe is worth more than the rest of the cooldown. */
    private static final long SHORTEST_COOLDOWN = Duration.ofSeconds(5).toNanos();

    private static final long BETWEEN_PROBES = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanos;
    private State state = State.CLOSED;
    private int failures;
    private int successes;
    private long openedAt;
    private long probedAt;

    CircuitBreaker(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Whether a call may go there now; every call admitted is a probe unless the breaker is closed.
     *
     * @param alone whether there is no other target to try
     */
    synchronized boolean admits(BreakerSettings settings, boolean alone) {
        if (state == State.CLOSED) {
            return true;
        }
        long now = nanos.getAsLong();
        long cooldown = Duration.ofSeconds(settings.cooldownSeconds()).toNanos();
        if (state == State.OPEN) {
            if (now - openedAt < (alone ? Math.min(cooldown, SHORTEST_COOLDOWN) : cooldown)) {
                return false;
            }
            state = State.HALF_OPEN;
            successes = 0;
        } else if (now - probedAt < BETWEEN_PROBES) {
            return false;
        }
        probedAt = now;
        return true;
    }

    /** Notes a success; answers whether it closes the breaker. */
    synchronized boolean succeeded(BreakerSettings settings) {
        failures = 0;
        if (state != State.HALF_OPEN || ++successes < settings.halfOpenRequests()) {
            return false;
        }
        state = State.CLOSED;
        return true;
    }

    /** Notes a failure; answers whether it opens a breaker that was closed. */
    synchronized boolean failed(BreakerSettings settings) {
        failures++;
        boolean opens = state == State.CLOSED && failures >= settings.failureThreshold();
        if (opens || state == State.HALF_OPEN) {
            state = State.OPEN;
            openedAt = nanos.getAsLong();
        }
        return opens;
    }

    synchronized State state() {
        return state;
    }
}
