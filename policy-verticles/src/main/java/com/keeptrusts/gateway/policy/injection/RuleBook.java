package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.contract.Channel;

/** All curated rules, weighed by who speaks. */
final class RuleBook {

    private final BoundaryRules boundaries;

    RuleBook(InjectionSettings.Boundaries settings) {
        this.boundaries = new BoundaryRules(settings);
    }

    /**
     * What the rules find in a text, of which {@code reading} has the phrases. Of words that are glued together many are
     * found by chance, so orders to a machine are looked for in others only.
     */
    Evidence judge(String text, Reading reading, boolean glued, Channel channel) {
        var evidence = new Evidence();
        OverrideRules.apply(reading, evidence);
        ExtractionRules.apply(reading, evidence);
        PersonaRules.apply(reading, evidence);
        EmbeddedRules.apply(reading, glued ? 0 : embeddedWeight(channel), evidence);
        boundaries.apply(text, evidence);
        return evidence;
    }

    private static double embeddedWeight(Channel channel) {
        return switch (channel) {
            case TOOL, TOOL_DEFINITION, TOOL_ARGUMENTS, METADATA -> 1.6;
            case SYSTEM, DEVELOPER -> 0;
            case USER, ASSISTANT, REASONING, REFUSAL, PREDICTION -> 0.35;
        };
    }
}
