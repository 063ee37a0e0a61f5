package com.keeptrusts.gateway.ingress;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what is not recorded one by one: plain successes where the operator wants it so, and refusals beyond
 * {@value #REFUSALS_PER_SECOND} a second, so that nobody can fill the disk by being refused. The counts stay exact.
 */
final class Tally {

    static final int REFUSALS_PER_SECOND = 100;

    private static final int MOST_LINES = 500;
    private static final long SECOND = 1_000_000_000L;

    private Map<Line, Long> counts = new TreeMap<>();
    private Instant from = Instant.now();
    private long second = System.nanoTime();
    private int refusals;

    /** Whether one more refusal is to be recorded by itself. */
    boolean recordsRefusal() {
        long now = System.nanoTime();
        if (now - second > SECOND) {
            second = now;
            refusals = 0;
        }
        return ++refusals <= REFUSALS_PER_SECOND;
    }

    /**
     * @param what success or refusal
     * @param key name of the gateway key, or empty
     * @param detail served model, or error code
     */
    void count(String what, String key, String detail) {
        var line = new Line(what, key, detail);
        boolean room = counts.size() < MOST_LINES || counts.containsKey(line);
        counts.merge(room ? line : new Line(what, "", "other"), 1L, Long::sum);
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    Instant from() {
        return from;
    }

    /** What was counted since the last time; counting begins anew. */
    List<Map<String, Object>> take() {
        List<Map<String, Object>> lines = new ArrayList<>();
        counts.forEach((line, number) ->
                lines.add(Map.of("what", line.what(), "key", line.key(), "of", line.detail(), "n", number)));
        counts = new TreeMap<>();
        from = Instant.now();
        return lines;
    }

    /** One counter. */
    private record Line(String what, String key, String detail) implements Comparable<Line> {
        @Override
        public int compareTo(Line other) {
            int order = what.compareTo(other.what);
            order = order != 0 ? order : key.compareTo(other.key);
            return order != 0 ? order : detail.compareTo(other.detail);
        }
    }
}
