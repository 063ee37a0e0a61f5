package com.keeptrusts.gateway.contract;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long the asker will wait, carried as time left because the clocks of two nodes differ.
 *
 * @param node the asker's node, to which {@code sentAtMillis} belongs
 * @param sentAtMillis the asker's wall clock when it sent, in milliseconds since the epoch
 * @param remainingMillis how much longer the answer was worth something at that moment
 */
public record Deadline(String node, long sentAtMillis, int remainingMillis) {

    private static final Set<String> NODES_HERE = ConcurrentHashMap.newKeySet();

    public static Deadline in(String node, long remainingMillis) {
        NODES_HERE.add(node);
        return new Deadline(node, System.currentTimeMillis(), Math.clamp(remainingMillis, 0, Integer.MAX_VALUE));
    }

    /** Whether a node of this very process asked, whose pauses are ours and whose clock is ours. */
    boolean askedHere() {
        return NODES_HERE.contains(node);
    }
}
