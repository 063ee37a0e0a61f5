package com.keeptrusts.gateway.journeys;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Asks again and again until something outside this process has happened; fails after twenty seconds. */
final class Await {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Await() {}

    static void until(Callable<Boolean> happened) throws Exception {
        long until = System.nanoTime() + LIMIT.toNanos();
        while (!happened.call()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("did not happen within " + LIMIT);
            }
            Thread.onSpinWait();
        }
    }
}
