package com.keeptrusts.gateway.provider.target;

import com.keeptrusts.gateway.provider.settings.BreakerSettings;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Leaves a target alone that failed several times in a row, and then probes it, once a second at most, before calls go
 * there again. Learns from other nodes' breakers of the same target: of two states the one with the later turn counts,
 * and every change takes the next turn. Safe for threads.
 */
final class CircuitBreaker {

    /** What a breaker does with calls; of the same turn, the later of these counts. */
    enum State {
        CLOSED,
        HALF_OPEN,
        OPEN
    }

    /**
     * What breakers tell each other; moments by the clock of the one that holds it.
     *
     * @param failingSince when the first of the failures in a row came
     */
    record Told(State state, long turn, long failingSince, long openedAt, long probedAt, int successes) {}

    /** Where no other target is left, a probe is worth more than the rest of the cooldown. */
    private static final long SHORTEST_COOLDOWN = Duration.ofSeconds(5).toNanos();

    private static final long BETWEEN_PROBES = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanos;
    private State state = State.CLOSED;
    private int failures;
    private int successes;
    private long openedAt;
    private long probedAt;
    private long wantedAt;
    private long turn;
    private long failingSince;
    private long answeredAt;
    private boolean answered;

    CircuitBreaker(LongSupplier nanos) {
        this.nanos = nanos;
        this.openedAt = nanos.getAsLong();
        this.probedAt = openedAt;
        this.failingSince = openedAt;
        this.wantedAt = openedAt;
    }

    boolean admits(BreakerSettings settings, boolean alone) {
        return admits(settings, alone, 0);
    }

    /**
     * Whether a call may go there now; every call admitted is a probe unless the breaker is closed.
     *
     * @param alone whether there is no other target to try
     * @param later nanoseconds for which other nodes go first, so that one of them probes and the others hear of it
     */
    synchronized boolean admits(BreakerSettings settings, boolean alone, long later) {
        if (state == State.CLOSED) {
            return true;
        }
        long now = nanos.getAsLong();
        long cooldown = Duration.ofSeconds(settings.cooldownSeconds()).toNanos();
        long due = state == State.HALF_OPEN
                ? probedAt + BETWEEN_PROBES
                : openedAt + (alone ? Math.min(cooldown, SHORTEST_COOLDOWN) : cooldown);
        if (now - due < 0 || othersMayGoFirst(now, due, later)) {
            return false;
        }
        if (state == State.OPEN) {
            state = State.HALF_OPEN;
            successes = 0;
        }
        probedAt = now;
        turn++;
        return true;
    }

    /** Waits from the first call that could be this probe; if that was long ago, the others have waited as long. */
    private boolean othersMayGoFirst(long now, long due, long later) {
        if (wantedAt - due < 0 || now - wantedAt > later + BETWEEN_PROBES) {
            wantedAt = now;
        }
        return now - wantedAt < later;
    }

    /** Notes a success; answers whether it closes the breaker. */
    synchronized boolean succeeded(BreakerSettings settings) {
        failures = 0;
        answered = true;
        answeredAt = nanos.getAsLong();
        if (state != State.HALF_OPEN || ++successes < settings.halfOpenRequests()) {
            return false;
        }
        state = State.CLOSED;
        turn++;
        return true;
    }

    /** Notes a failure; answers whether it opens a breaker that was closed. */
    synchronized boolean failed(BreakerSettings settings) {
        if (state == State.CLOSED && failures == 0) {
            failingSince = nanos.getAsLong();
        }
        failures++;
        boolean opens = state == State.CLOSED && failures >= settings.failureThreshold();
        if (opens || state == State.HALF_OPEN) {
            state = State.OPEN;
            openedAt = nanos.getAsLong();
            turn++;
        }
        return opens;
    }

    /**
     * Learns from another node's breaker; answers whether this one changes for it. A target that has answered this node
     * since it began to fail for the other is not taken for ill: the other's way to it may be.
     */
    synchronized boolean hear(Told told) {
        if (told.turn() < turn || (told.turn() == turn && told.state().compareTo(state) <= 0)) {
            return false;
        }
        turn = told.turn();
        if (state == State.CLOSED && told.state() != State.CLOSED && answered && answeredAt - told.failingSince() > 0) {
            return false;
        }
        boolean changes = state != told.state();
        state = told.state();
        failingSince = told.failingSince();
        openedAt = told.openedAt();
        probedAt = told.probedAt();
        successes = told.successes();
        failures = 0;
        return changes;
    }

    synchronized long turn() {
        return turn;
    }

    synchronized Told told() {
        return new Told(state, turn, failingSince, openedAt, probedAt, successes);
    }

    synchronized State state() {
        return state;
    }
}
