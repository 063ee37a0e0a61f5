package com.keeptrusts.gateway.audit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread or a disk must come to. */
public final class Await {

    private static final long LIMIT_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Await() {}

    /** Returns once it holds; fails after thirty seconds. */
    public static void until(Callable<Boolean> condition) throws Exception {
        long begun = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - begun > LIMIT_NANOS) {
                throw new TimeoutException("it did not come to that within 30 seconds");
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
