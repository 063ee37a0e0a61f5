package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.config.Section;
import java.time.Duration;

/**
 * The section {@code judge}: a fast model that is asked about texts on which rules and models are not sure.
 *
 * @param target id of the target that is asked
 * @param model that it is asked for; empty for the target's own
 * @param band scores between which it is asked
 * @param timeout after which the local score decides
 * @param providerDigest of the provider settings with this one target; the node that read the configuration writes it
 */
record JudgeSettings(String target, String model, Band band, Duration timeout, String providerDigest) {

    static JudgeSettings from(Section section) {
        return new JudgeSettings(
                section.requiredText("target"),
                section.text("model", ""),
                Band.from(section),
                Duration.ofMillis(section.integer("timeout_ms", 500, 1, 60_000)),
                section.text("provider_digest", ""));
    }

    boolean asksAbout(double score) {
        return band.holds(score);
    }
}
