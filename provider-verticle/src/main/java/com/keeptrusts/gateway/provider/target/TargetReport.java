package com.keeptrusts.gateway.provider.target;

/**
 * A target as it stands on this node, for its operator.
 *
 * @param breaker {@code closed}, {@code open} or {@code half_open}
 * @param limit calls it may get at a time
 * @param firstByteMicros mean time to the first meaningful byte over five minutes, or 0
 * @param cooling whether it asked to be left alone
 */
public record TargetReport(
        String target,
        String breaker,
        int limit,
        int inFlight,
        int waiting,
        long calls,
        long failures,
        long firstByteMicros,
        boolean cooling) {}
