package com.keeptrusts.gateway.contract;

/**
 * How long the asker will wait, carried as time left because the clocks of two nodes differ.
 *
 * @param node the asker's node, to which {@code sentAtMillis} belongs
 * @param sentAtMillis the asker's wall clock when it sent, in milliseconds since the epoch
 * @param remainingMillis how much longer the answer was worth something at that moment
 */
public record Deadline(String node, long sentAtMillis, int remainingMillis) {

    public static Deadline in(String node, long remainingMillis) {
        return new Deadline(node, System.currentTimeMillis(), Math.clamp(remainingMillis, 0, Integer.MAX_VALUE));
    }
}
