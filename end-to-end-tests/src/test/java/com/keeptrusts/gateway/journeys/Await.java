package com.keeptrusts.gateway.journeys;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Asks again and again until something outside this process has happened; fails after twenty seconds, or a limit. */
public final class Await {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private Await() {}

    public static void until(Callable<Boolean> happened) throws Exception {
        until(LIMIT, happened);
    }

    public static void until(Duration limit, Callable<Boolean> happened) throws Exception {
        long until = System.nanoTime() + limit.toNanos();
        while (!happened.call()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("did not happen within " + limit);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
