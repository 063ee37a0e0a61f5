package com.keeptrusts.gateway.ingress;

/**
 * What one ingress instance takes on at a time; above it, clients are told to come back.
 *
 * @param connections open at a time
 * @param requests in progress at a time
 * @param bytes of request bodies held at a time
 */
public record IngressLimits(int connections, int requests, long bytes) {

    public static final IngressLimits DEFAULT = new IngressLimits(
            10_000, 2_048, Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 8));
}
