package com.keeptrusts.gateway.provider.settings;

import com.keeptrusts.gateway.config.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * In which order targets that could all answer are tried.
 *
 * @param windowSeconds how far back latencies count
 * @param minSampleCount how many latencies a target needs in the window to be ranked by them
 */
public record Routing(Strategy strategy, int windowSeconds, int minSampleCount) {

    /** The ways to order them. */
    public enum Strategy {
        ORDERED,
        ROUND_ROBIN,
        WEIGHTED,
        LOWEST_LATENCY,
        LEAST_OUTSTANDING;

        private String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final Routing ORDERED = new Routing(Strategy.ORDERED, 300, 10);

    private static final List<String> STRATEGIES =
            Arrays.stream(Strategy.values()).map(Strategy::wire).toList();

    static Routing from(Section section) {
        String strategy = section.choice("strategy", "ordered", STRATEGIES);
        return new Routing(
                Strategy.valueOf(strategy.toUpperCase(Locale.ROOT)),
                section.integer("window_seconds", ORDERED.windowSeconds, 1, 86_400),
                section.integer("min_sample_count", ORDERED.minSampleCount, 1, 10_000));
    }
}
