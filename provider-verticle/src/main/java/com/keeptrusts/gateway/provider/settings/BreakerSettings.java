package com.keeptrusts.gateway.provider.settings;

import com.keeptrusts.gateway.config.Section;

/**
 * When a failing target is left alone.
 *
 * @param failureThreshold failures in a row that open the breaker
 * @param cooldownSeconds how long it then stays open
 * @param halfOpenRequests probes that must succeed before it closes again
 */
public record BreakerSettings(int failureThreshold, int cooldownSeconds, int halfOpenRequests) {

    public static final BreakerSettings DEFAULT = new BreakerSettings(5, 30, 2);

    static BreakerSettings from(Section section) {
        return new BreakerSettings(
                section.integer("failure_threshold", 5, 1, 10_000),
                section.integer("cooldown_seconds", 30, 1, 86_400),
                section.integer("half_open_requests", 2, 1, 1_000));
    }
}
