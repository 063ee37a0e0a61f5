package com.keeptrusts.gateway.simulator.pace;

import com.keeptrusts.gateway.simulator.answer.ByteRow;
import com.keeptrusts.gateway.simulator.answer.Timing;
import java.time.Instant;

/**
 * Sends one answer by its own virtual clock: token k is due k / rate after the prompt was read, whatever the ticks do. Each tick sends
 * all that is due in one write; a peer that does not read delays bytes, but not the clock.
 */
public final class PacedAnswer implements Ticker.Ticking {

    private static final double NANOS = 1e9;
    private static final int ROW = 4 * 1024;
    private static final int BURST = 64 * 1024;
    private static final int BURSTS_PER_TICK = 16;

    /** Is told about the answer's progress. */
    public interface Witness {

        /** A write left, so many microseconds after its oldest event was due. */
        void late(long micros);

        /** The answer ended: completely, by a fault, or because the peer had gone. */
        void ended(long tokens, boolean peerGone);
    }

    private final Feed feed;
    private final Pace pace;
    private final Outlet outlet;
    private final Witness witness;
    private final long seed;
    private final long acceptedAt;
    private final Instant created;
    private final long queueNanos;
    private final long startedAt;
    private long nextFlushAt;
    private int flushes;
    private boolean held;
    private boolean stalled;

    public PacedAnswer(Feed feed, Pace pace, Outlet outlet, Witness witness, long seed, long acceptedAt) {
        this.feed = feed;
        this.pace = pace;
        this.outlet = outlet;
        this.witness = witness;
        this.seed = seed;
        this.acceptedAt = acceptedAt;
        this.created = Instant.now();
        this.queueNanos = millis(pace.queueMillis().pick(seed, -1));
        this.startedAt = acceptedAt + queueNanos + millis(pace.ttftMillis().pick(seed, -2));
        this.nextFlushAt = startedAt;
    }

    private static long millis(double millis) {
        return (long) (millis * 1e6);
    }

    @Override
    public boolean tick(long now) {
        if (outlet.gone()) {
            witness.ended(generatedAt(now), true);
            return true;
        }
        if (stalled || now < startedAt || now < nextFlushAt) {
            return false;
        }
        for (int burst = 0; burst < BURSTS_PER_TICK && dueNow(now); burst++) {
            if (outlet.full()) {
                held = true;
                return false;
            }
            send(now);
        }
        if (feed.exhausted()) {
            return !stalled;
        }
        if (!dueNow(now)) {
            awaitNextFlush(now);
        }
        return false;
    }

    private boolean dueNow(long now) {
        return !feed.exhausted() && (pace.unpaced() || dueAt(feed.nextDue()) <= now);
    }

    private void send(long now) {
        long oldestDueAt = Math.max(nextFlushAt, dueAt(feed.nextDue()));
        var row = new ByteRow(pace.unpaced() ? BURST + ROW : ROW);
        while (dueNow(now) && row.length() < BURST) {
            feed.append(row, () -> timing(now));
        }
        if (!held && !pace.unpaced()) {
            witness.late((now - oldestDueAt) / 1000);
        }
        held = false;
        if (!feed.exhausted()) {
            outlet.write(row);
        } else if (feed.ending() == Feed.Ending.STALL) {
            outlet.write(row);
            stalled = true;
        } else {
            outlet.end(row, feed.ending());
            witness.ended(generatedAt(now), false);
        }
    }

    private void awaitNextFlush(long now) {
        double flushMillis = pace.flushMillis().pick(seed, flushes);
        if (flushMillis > 1) {
            flushes++;
            nextFlushAt = Math.max(nextFlushAt + millis(flushMillis), now);
        }
    }

    private long dueAt(long tokens) {
        return startedAt + (pace.unpaced() ? 0 : (long) (tokens * NANOS / pace.tokensPerSecond()));
    }

    private long generatedAt(long now) {
        if (now < startedAt) {
            return 0;
        }
        return pace.unpaced()
                ? feed.nextDue()
                : Math.min(feed.length(), (long) ((now - startedAt) * pace.tokensPerSecond() / NANOS));
    }

    private Timing timing(long now) {
        return new Timing(
                created.getEpochSecond() + created.getNano() / NANOS,
                queueNanos / NANOS,
                (startedAt - acceptedAt - queueNanos) / NANOS,
                (now - startedAt) / NANOS,
                (now - acceptedAt) / NANOS);
    }
}
