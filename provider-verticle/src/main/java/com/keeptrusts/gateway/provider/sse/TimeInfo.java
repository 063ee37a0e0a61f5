package com.keeptrusts.gateway.provider.sse;

import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long a target says it took, by phase: the {@code time_info} member of an answer. */
public record TimeInfo(Map<String, Duration> phases) {

    private static final String[] PHASES = {"queue", "prompt", "completion", "total"};
    private static final double MOST_SECONDS = 86_400;
    private static final long NANOS = 1_000_000_000;

    public TimeInfo {
        phases = Map.copyOf(phases);
    }

    static @Nullable TimeInfo of(JsonNode root) {
        JsonNode info = root.member("time_info");
        if (info == null || info.kind() != JsonKind.OBJECT) {
            return null;
        }
        Map<String, Duration> phases = new LinkedHashMap<>();
        for (String phase : PHASES) {
            JsonNode value = info.member(phase + "_time");
            double seconds = value == null ? -1 : value.asDouble(-1);
            if (seconds >= 0 && seconds <= MOST_SECONDS) {
                phases.put(phase, Duration.ofNanos((long) (seconds * NANOS)));
            }
        }
        return phases.isEmpty() ? null : new TimeInfo(phases);
    }
}
