package com.keeptrusts.gateway.simulator.limit;

import java.time.Duration;
import java.time.Instant;

/** What has been used of one quota in the current window. Windows are aligned to the clock, as captured resets are. */
final class Quota {

    private final long windowMillis;
    private long window = -1;
    private long used;

    Quota(Duration length) {
        windowMillis = length.toMillis();
    }

    /** How much would be used with {@code more}. */
    long with(long more, Instant now) {
        turn(now);
        return used + more;
    }

    void take(long amount, Instant now) {
        turn(now);
        used += amount;
    }

    /** Gives back what was taken at {@code then}, unless that window is over. */
    void refund(long amount, Instant then, Instant now) {
        turn(now);
        if (then.toEpochMilli() / windowMillis == window) {
            used = Math.max(0, used - amount);
        }
    }

    double secondsToReset(Instant now) {
        return (windowMillis - now.toEpochMilli() % windowMillis) / 1000.0;
    }

    private void turn(Instant now) {
        long current = now.toEpochMilli() / windowMillis;
        if (current != window) {
            window = current;
            used = 0;
        }
    }
}
