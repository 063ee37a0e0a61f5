package com.keeptrusts.gateway.provider.target;

import java.util.function.LongSupplier;

/**
 * Bounds the retries of a target to a fifth of its calls of the last ten seconds, but lets three through. Safe for
 * threads.
 */
final class RetryBudget {

    private static final int SECONDS = 10;
    private static final int ALWAYS = 3;
    private static final int SHARE = 5;

    private final LongSupplier nanos;
    private final long[] second = new long[SECONDS];
    private final int[] calls = new int[SECONDS];
    private final int[] retries = new int[SECONDS];

    RetryBudget(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void called() {
        calls[bucket()]++;
    }

    /** Takes one retry out of the budget, if there is one. */
    synchronized boolean take() {
        int current = bucket();
        int called = 0;
        int retried = 0;
        for (int i = 0; i < SECONDS; i++) {
            if (second[current] - second[i] < SECONDS) {
                called += calls[i];
                retried += retries[i];
            }
        }
        if (retried >= Math.max(ALWAYS, called / SHARE)) {
            return false;
        }
        retries[current]++;
        return true;
    }

    private int bucket() {
        long now = nanos.getAsLong() / 1_000_000_000L;
        int bucket = (int) Math.floorMod(now, (long) SECONDS);
        if (second[bucket] != now) {
            second[bucket] = now;
            calls[bucket] = 0;
            retries[bucket] = 0;
        }
        return bucket;
    }
}
