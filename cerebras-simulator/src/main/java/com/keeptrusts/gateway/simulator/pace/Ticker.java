package com.keeptrusts.gateway.simulator.pace;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** One clock for all streams of an event loop: every millisecond while there are any, silent otherwise. */
public final class Ticker {

    /** Something that wants each tick until it is done. */
    public interface Ticking {

        /** Does what is due at {@code now} (of {@link System#nanoTime}); true when it wants no more ticks. */
        boolean tick(long now);
    }

    private static final long TICK_MILLIS = 1;
    private static final long STOPPED = -1;

    private final Vertx vertx;
    private final List<Ticking> ticking = new ArrayList<>();
    private long timer = STOPPED;

    public Ticker(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Must be called on the event loop that the ticker belongs to. */
    public void start(Ticking task) {
        if (task.tick(System.nanoTime())) {
            return;
        }
        ticking.add(task);
        if (timer == STOPPED) {
            timer = vertx.setPeriodic(TICK_MILLIS, _ -> tickAll());
        }
    }

    private void tickAll() {
        for (int at = ticking.size() - 1; at >= 0; at--) {
            if (ticking.get(at).tick(System.nanoTime())) {
                ticking.set(at, ticking.getLast());
                ticking.removeLast();
            }
        }
        if (ticking.isEmpty() && timer != STOPPED) {
            vertx.cancelTimer(timer);
            timer = STOPPED;
        }
    }
}
