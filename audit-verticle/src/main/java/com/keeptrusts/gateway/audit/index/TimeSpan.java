package com.keeptrusts.gateway.audit.index;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The earliest and the latest time that some entries carry, in milliseconds since 1970; both are met. */
record TimeSpan(long earliest, long latest) {

    /** Of no entry: overlaps nothing. */
    static final TimeSpan NONE = new TimeSpan(Long.MAX_VALUE, Long.MIN_VALUE);

    TimeSpan with(Instant time) {
        long millis = time.toEpochMilli();
        return new TimeSpan(Math.min(earliest, millis), Math.max(latest, millis));
    }

    /** Whether an entry of it may be from {@code since} on and before {@code until}. */
    boolean mayMeet(@Nullable Instant since, @Nullable Instant until) {
        return earliest <= latest
                && (since == null || latest >= since.toEpochMilli())
                && (until == null || earliest <= until.toEpochMilli());
    }
}
