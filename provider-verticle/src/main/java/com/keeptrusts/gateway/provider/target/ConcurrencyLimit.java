package com.keeptrusts.gateway.provider.target;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many calls a target gets at a time from this node: a ceiling, halved when the target says that its queue is full,
 * and raised by one per ten seconds while it does not. Calls beyond wait in a queue of bounded length. Safe for
 * threads.
 */
final class ConcurrencyLimit {

    static final int DEFAULT = 512;

    private static final long STEP = Duration.ofSeconds(10).toNanos();
    private static final long BETWEEN_HALVINGS = Duration.ofSeconds(1).toNanos();

    /** What other nodes tell of one and the same moment differs by the time that messages take. */
    private static final long SAME_SHED = Duration.ofMillis(500).toNanos();

    private static final int SHORTEST_QUEUE = 16;

    private final LongSupplier nanos;
    private final int ceiling;
    private final Queue<Place> waiting = new ArrayDeque<>();
    private int limit;
    private int inFlight;
    private long changedAt;
    private boolean halvedBefore;
    private long shedAt;

    /** One call's claim, waiting or granted. */
    final class Place implements Permit {

        private final Runnable granted;
        private boolean held;
        private boolean gone;

        private Place(Runnable granted) {
            this.granted = granted;
        }

        @Override
        public boolean isHeld() {
            synchronized (ConcurrencyLimit.this) {
                return held && !gone;
            }
        }

        @Override
        public void release() {
            Place next;
            synchronized (ConcurrencyLimit.this) {
                if (gone) {
                    return;
                }
                gone = true;
                if (!held) {
                    waiting.remove(this);
                    return;
                }
                inFlight--;
                next = next();
            }
            if (next != null) {
                next.granted.run();
            }
        }
    }

    ConcurrencyLimit(int ceiling, LongSupplier nanos) {
        this.nanos = nanos;
        this.ceiling = ceiling > 0 ? ceiling : DEFAULT;
        this.limit = this.ceiling;
        this.changedAt = nanos.getAsLong();
    }

    /**
     * Asks for a place. One that is not held yet is granted later, on whichever thread frees it.
     *
     * @return null when too many wait already
     */
    @Nullable
    Permit acquire(Runnable granted) {
        var place = new Place(granted);
        synchronized (this) {
            grow();
            if (inFlight >= limit) {
                if (waiting.size() >= Math.max(SHORTEST_QUEUE, ceiling)) {
                    return null;
                }
                waiting.add(place);
                return place;
            }
            place.held = true;
            inFlight++;
            return place;
        }
    }

    /** The target's queue is full; answers whether the limit falls for it. */
    synchronized boolean shed() {
        long now = nanos.getAsLong();
        if (!halvedBefore || now - changedAt >= BETWEEN_HALVINGS) {
            limit = Math.max(1, limit / 2);
            shedBefore(now, now);
            return true;
        }
        return false;
    }

    /** The target's queue was full when another node asked, which gets so many at a time since. */
    synchronized void hear(int others, long agoNanos) {
        long now = nanos.getAsLong();
        if (halvedBefore && now - agoNanos - shedAt < SAME_SHED) {
            return; // heard before, or found out here
        }
        grow();
        limit = Math.max(1, Math.min(limit, others));
        shedBefore(now - agoNanos, now);
    }

    private void shedBefore(long at, long now) {
        halvedBefore = true;
        shedAt = at;
        changedAt = now;
    }

    /** Nanoseconds since the target's queue was last full, or -1. */
    synchronized long sinceShed() {
        return halvedBefore ? nanos.getAsLong() - shedAt : -1;
    }

    synchronized int limit() {
        grow();
        return limit;
    }

    synchronized int inFlight() {
        return inFlight;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    private @Nullable Place next() {
        grow();
        Place next = inFlight < limit ? waiting.poll() : null;
        if (next != null) {
            next.held = true;
            inFlight++;
        }
        return next;
    }

    private void grow() {
        long now = nanos.getAsLong();
        long steps = (now - changedAt) / STEP;
        if (steps > 0) {
            limit = (int) Math.min(ceiling, limit + steps);
            changedAt += steps * STEP;
        }
    }
}
