package com.keeptrusts.gateway.provider.target;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A clock that a test sets forward. */
final class ClockedNanos implements LongSupplier {

    private long now = 5_000_000_000L;

    @Override
    public long getAsLong() {
        return now;
    }

    void pass(Duration time) {
        now += time.toNanos();
    }
}
