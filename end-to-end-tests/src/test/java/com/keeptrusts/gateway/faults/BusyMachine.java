package com.keeptrusts.gateway.faults;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * When this machine had no time for those that wanted to run: the clients' own timer came late, so the gateway's processes
 * on the same cores did, too, and limits of a quarter of a second mean nothing.
 */
final class BusyMachine implements AutoCloseable {

    private static final int TICK_MILLIS = 20;
    private static final long LATE_NANOS = Duration.ofMillis(100).toNanos();

    /** What begins before a lack of time and ends after it suffers from it. */
    private static final long AROUND_NANOS = Duration.ofMillis(500).toNanos();

    private final Vertx vertx;
    private final long timer;
    private final Queue<Long> late = new ConcurrentLinkedQueue<>();
    private long last = System.nanoTime();

    BusyMachine(Vertx vertx) {
        this.vertx = vertx;
        this.timer = vertx.setPeriodic(TICK_MILLIS, _ -> tick());
    }

    private void tick() {
        long now = System.nanoTime();
        if (now - last > LATE_NANOS) {
            late.add(now);
        }
        last = now;
    }

    boolean during(MarkedAnswer answer) {
        return late.stream()
                .anyMatch(
                        then -> then > answer.begunNanos() - AROUND_NANOS && then < answer.endedNanos() + AROUND_NANOS);
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }
}
