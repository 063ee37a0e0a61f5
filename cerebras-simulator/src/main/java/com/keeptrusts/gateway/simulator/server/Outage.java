package com.keeptrusts.gateway.simulator.server;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes all listeners of a simulator away for a while: connections break, and new ones are refused. Thread-safe. */
public final class Outage {

    private final List<Listener> listeners = new ArrayList<>();

    /** What can be taken away. */
    interface Listener {

        /** Completes when nothing is accepted any more; listens again after the time is over. */
        Future<Void> leave(Duration time);
    }

    synchronized void register(Listener listener) {
        listeners.add(listener);
    }

    /** Completes when the outage has begun. */
    public synchronized Future<Void> begin(Duration time) {
        return Future.all(
                        listeners.stream().map(listener -> listener.leave(time)).toList())
                .mapEmpty();
    }
}
