package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.config.Section;
import io.vertx.core.json.JsonArray;

/** The scores, both ends included, at which a second voice is heard. */
record Band(double low, double high) {

    static final Band DEFAULT = new Band(0.15, 0.85);

    /** Reads the key {@code band}, a list of two numbers. */
    static Band from(Section section) {
        JsonArray written = section.list("band");
        if (written.isEmpty()) {
            return DEFAULT;
        }
        if (written.size() == 2
                && written.getValue(0) instanceof Number low
                && written.getValue(1) instanceof Number high
                && low.doubleValue() >= 0
                && low.doubleValue() < high.doubleValue()
                && high.doubleValue() <= 1) {
            return new Band(low.doubleValue(), high.doubleValue());
        }
        section.refuse("band", written.encode() + " (expected: two numbers from 0 to 1, the lower one first)");
        return DEFAULT;
    }

    boolean holds(double score) {
        return score >= low && score <= high;
    }
}
