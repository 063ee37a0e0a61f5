package com.keeptrusts.gateway.audit.retention;

import org.jspecify.annotations.Nullable;

/**
 * What a prune did: entries from {@code from} to before {@code to} are gone, none when both are equal.
 *
 * @param heldBy name of the hold before which it stopped, or null
 */
public record Pruned(
        String origin, long from, long to, @Nullable String heldBy) {

    /** For a person. */
    public String line() {
        String did = from == to
                ? "nothing to remove, entries from " + from + " on stay"
                : (to - from) + " entries removed, from " + from + " to " + (to - 1);
        return origin + ": " + did + (heldBy == null ? "" : " (legal hold " + heldBy + ")");
    }
}
