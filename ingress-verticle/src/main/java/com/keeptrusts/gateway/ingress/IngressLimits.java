package com.keeptrusts.gateway.ingress;

/**
 * What an ingress takes on at a time; above it, clients are told to come back.
 *
 * @param connections open at a time, of all instances of a node
 * @param requests in progress at a time, of one instance
 * @param bytes of request bodies held at a time, of one instance
 */
public record IngressLimits(int connections, int requests, long bytes) {

    private static final int MOST_CONNECTIONS = 10_000;

    public static final IngressLimits DEFAULT = new IngressLimits(
            connections(Descriptors.most()),
            2_048,
            Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 8));

    public IngressLimits withConnections(int most) {
        return new IngressLimits(most, requests, bytes);
    }

    /** Half of the descriptors are for what answers need: files, targets, other nodes. */
    static int connections(long descriptors) {
        return Math.clamp(descriptors / 2, 2, MOST_CONNECTIONS);
    }
}
