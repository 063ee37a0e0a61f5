package com.keeptrusts.gateway.audit.postgres;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits between tries to reach a server: from 20 milliseconds on, twice as long each time, at most a second. */
final class Pause {

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);

    private long next = TimeUnit.MILLISECONDS.toNanos(20);

    void await(Duration atMost) {
        LockSupport.parkNanos(Math.min(next, atMost.toNanos()));
        next = Math.min(LONGEST, 2 * next);
    }
}
