package com.keeptrusts.gateway.provider.target;

import java.time.Duration;
import java.util.Set;

/**
 * In which order the provider nodes may probe a target, another one for each target: a node waits a little for each
 * before it, and hears meanwhile if one of them has.
 *
 * @param node this one
 * @param others that are heard
 */
record ProbeTurns(String node, Set<String> others) {

    static final ProbeTurns ALONE = new ProbeTurns("", Set.of());

    private static final long STEP = Duration.ofMillis(100).toNanos();
    private static final int MOST_STEPS = 20;

    ProbeTurns {
        others = Set.copyOf(others);
    }

    /** Nanoseconds that this node lets others go before. */
    long later(String target) {
        long own = weight(node, target);
        long before = others.stream()
                .filter(other -> {
                    long weight = weight(other, target);
                    return weight < own || (weight == own && other.compareTo(node) < 0);
                })
                .count();
        return Math.min(before, MOST_STEPS) * STEP;
    }

    /** Spread evenly, whatever names have in common. */
    private static long weight(String node, String target) {
        long mixed = (31L * node.hashCode() + target.hashCode()) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 32);
    }
}
