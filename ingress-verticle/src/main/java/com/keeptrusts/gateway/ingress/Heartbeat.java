package com.keeptrusts.gateway.ingress;

import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One slow timer for everything that must notice the passing of time; a timer per request would cost more. */
final class Heartbeat {

    static final long PERIOD_MILLIS = 250;

    private final Vertx vertx;
    private final Set<Beat> beats = new LinkedHashSet<>();
    private final long timer;

    Heartbeat(Vertx vertx) {
        this.vertx = vertx;
        this.timer = vertx.setPeriodic(PERIOD_MILLIS, _ -> beat());
    }

    void add(Beat beat) {
        beats.add(beat);
    }

    void remove(Beat beat) {
        beats.remove(beat);
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void beat() {
        long now = System.nanoTime();
        for (Beat beat : List.copyOf(beats)) {
            beat.beat(now);
        }
    }

    /** Looks at the time. */
    @FunctionalInterface
    interface Beat {
        void beat(long nowNanos);
    }
}
