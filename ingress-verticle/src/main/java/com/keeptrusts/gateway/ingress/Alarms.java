package com.keeptrusts.gateway.ingress;

import io.vertx.core.Vertx;

/**
 * What time it is, and being called later: milliseconds of a clock that nobody sets. Calls come on the event loop that set
 * the alarm. A test lets time pass as it likes.
 */
interface Alarms {

    long millis();

    /**
     * Calls once, that many milliseconds from now.
     *
     * @return its number, for {@link #cancel}
     */
    long set(long millis, Runnable act);

    void cancel(long alarm);

    /** The time that really passes. */
    static Alarms of(Vertx vertx) {
        return new Alarms() {
            @Override
            public long millis() {
                return System.nanoTime() / 1_000_000;
            }

            @Override
            public long set(long millis, Runnable act) {
                return vertx.setTimer(Math.max(1, millis), _ -> act.run());
            }

            @Override
            public void cancel(long alarm) {
                vertx.cancelTimer(alarm);
            }
        };
    }
}
