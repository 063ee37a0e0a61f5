package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.config.Section;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.List;

/**
 * The section {@code judge}: a fast model that is asked about texts on which rules and models are not sure.
 *
 * @param target id of the target that is asked
 * @param model that it is asked for; empty for the target's own
 * @param low score from which on it is asked
 * @param high score up to which it is asked
 * @param timeout after which the local score decides
 * @param providerDigest of the provider settings with this one target; the node that read the configuration writes it
 */
record JudgeSettings(String target, String model, double low, double high, Duration timeout, String providerDigest) {

    private static final double LOW = 0.15;
    private static final double HIGH = 0.85;

    static JudgeSettings from(Section section) {
        List<Double> band = band(section);
        return new JudgeSettings(
                section.requiredText("target"),
                section.text("model", ""),
                band.get(0),
                band.get(1),
                Duration.ofMillis(section.integer("timeout_ms", 500, 1, 60_000)),
                section.text("provider_digest", ""));
    }

    private static List<Double> band(Section section) {
        JsonArray written = section.list("band");
        if (written.isEmpty()) {
            return List.of(LOW, HIGH);
        }
        if (written.size() == 2
                && written.getValue(0) instanceof Number low
                && written.getValue(1) instanceof Number high
                && low.doubleValue() >= 0
                && low.doubleValue() < high.doubleValue()
                && high.doubleValue() <= 1) {
            return List.of(low.doubleValue(), high.doubleValue());
        }
        section.refuse("band", written.encode() + " (expected: two numbers from 0 to 1, the lower one first)");
        return List.of(LOW, HIGH);
    }

    boolean asksAbout(double score) {
        return score >= low && score <= high;
    }
}
