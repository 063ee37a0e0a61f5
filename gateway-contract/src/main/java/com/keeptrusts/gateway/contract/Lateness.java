package com.keeptrusts.gateway.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells whether a message was dequeued after its deadline, without trusting that two clocks agree. The smallest
 * difference seen between a sender's clock and ours stands for skew plus transit; what exceeds it is time the message
 * spent waiting. A sudden excess counts as waiting only when this process itself was just paused (SIGSTOP, a long
 * collection); otherwise the sender's clock was set, and the baseline follows it. Whoever asked in this process was
 * paused with it, and still waits. One instance per event loop.
 */
public final class Lateness {

    /** A tick this much overdue means that the process did not run meanwhile. */
    static final long PAUSE_MILLIS = 500;

    private static final long PAUSE_AFTERMATH_MILLIS = 5_000;

    private final LongSupplier wallMillis;
    private final LongSupplier monotonicMillis;
    private final Map<String, Long> baselines = new HashMap<>();
    private long lastTick;
    private long pausedAt = Long.MIN_VALUE / 2;

    public Lateness() {
        this(System::currentTimeMillis, () -> System.nanoTime() / 1_000_000);
    }

    Lateness(LongSupplier wallMillis, LongSupplier monotonicMillis) {
        this.wallMillis = wallMillis;
        this.monotonicMillis = monotonicMillis;
        this.lastTick = monotonicMillis.getAsLong();
    }

    /** To be called every 100 ms or so by the event loop that dequeues; an overdue call is how a pause is noticed. */
    public void tick() {
        long now = monotonicMillis.getAsLong();
        notePause(now);
        lastTick = now;
    }

    public boolean expired(Deadline deadline) {
        notePause(monotonicMillis.getAsLong());
        if (deadline.askedHere()) {
            return false;
        }
        long difference = wallMillis.getAsLong() - deadline.sentAtMillis();
        long baseline = baselines.merge(deadline.node(), difference, (old, seen) -> Math.min(old + 1, seen));
        if (difference - baseline <= deadline.remainingMillis()) {
            return false;
        }
        if (monotonicMillis.getAsLong() - pausedAt < PAUSE_AFTERMATH_MILLIS) {
            return true;
        }
        baselines.put(deadline.node(), difference);
        return false;
    }

    private void notePause(long now) {
        if (now - lastTick > PAUSE_MILLIS) {
            pausedAt = now;
        }
    }
}
