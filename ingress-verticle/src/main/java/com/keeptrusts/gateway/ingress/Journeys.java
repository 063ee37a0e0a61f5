package com.keeptrusts.gateway.ingress;

import java.util.LinkedHashSet;
import java.util.Set;

/** The journeys that have not come to their end. Confined to one event loop. */
final class Journeys {

    private final Set<Journey> open = new LinkedHashSet<>();
    private Runnable whenEmpty = () -> {};

    void begin(Journey journey) {
        open.add(journey);
    }

    /** May be told twice. */
    void end(Journey journey) {
        if (open.remove(journey)) {
            journey.release();
            if (open.isEmpty()) {
                whenEmpty.run();
            }
        }
    }

    int size() {
        return open.size();
    }

    Set<Journey> open() {
        return Set.copyOf(open);
    }

    void whenEmpty(Runnable action) {
        whenEmpty = action;
        if (open.isEmpty()) {
            action.run();
        }
    }
}
