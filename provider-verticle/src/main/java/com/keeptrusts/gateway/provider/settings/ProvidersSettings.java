package com.keeptrusts.gateway.provider.settings;

import com.keeptrusts.gateway.config.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The {@code providers} section.
 *
 * @param targets at least one, no two of the same id
 * @param maxRetries further tries of a target that failed, for one request
 */
public record ProvidersSettings(
        List<TargetSettings> targets, Routing routing, Fallback fallback, BreakerSettings breaker, int maxRetries) {

    private static final int DEFAULT_RETRIES = 1;

    public ProvidersSettings {
        targets = List.copyOf(targets);
    }

    /** Reads the section; mistakes are recorded in it. */
    public static ProvidersSettings from(Section section) {
        List<TargetSettings> targets = section.sections("targets", TargetSettings::from);
        Set<String> ids = new HashSet<>();
        for (TargetSettings target : targets) {
            if (!ids.add(target.id())) {
                section.refuse("targets", "two targets '" + target.id() + "' (expected: ids that differ)");
            }
        }
        if (targets.isEmpty()) {
            section.refuse("targets", "none (expected: at least one target)");
        }
        return new ProvidersSettings(
                targets,
                section.section("routing", Routing.ORDERED, Routing::from),
                section.section("fallback", Fallback.ALWAYS, Fallback::from),
                section.section("circuit_breaker", BreakerSettings.DEFAULT, BreakerSettings::from),
                section.section(
                        "retry", DEFAULT_RETRIES, retry -> retry.integer("max_retries", DEFAULT_RETRIES, 0, 10)));
    }
}
