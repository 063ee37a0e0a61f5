package com.keeptrusts.gateway.faults;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * When this machine had no time for those that wanted to run, as others use it, too: many more wanted to run than there are
 * cores, or the clients' own timer came late. Then limits of a quarter of a second mean nothing.
 */
final class BusyMachine implements AutoCloseable {

    private static final int TICK_MILLIS = 20;
    private static final long LATE_NANOS = Duration.ofMillis(100).toNanos();

    private static final int MOST_RUNNABLE = 6 * Runtime.getRuntime().availableProcessors();

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
        if (now - last > LATE_NANOS || runnable() > MOST_RUNNABLE) {
            late.add(now);
        }
        last = now;
    }

    /** Threads of the whole machine that run or want to. */
    private static int runnable() {
        try {
            String[] fields = Files.readString(Path.of("/proc/loadavg")).split("[ /]", -1);
            return Integer.parseInt(fields[3]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
