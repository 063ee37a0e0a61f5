package com.keeptrusts.gateway.provider.sse;

import com.keeptrusts.gateway.contract.Usage;
import com.keeptrusts.gateway.json.JsonNode;
import org.jspecify.annotations.Nullable;

/** What a target counted and timed itself, as far as it says so. */
public record Measured(@Nullable Usage usage, @Nullable TimeInfo times) {

    public static final Measured NOTHING = new Measured(null, null);

    static Measured of(JsonNode root) {
        Usage usage = Usages.of(root);
        TimeInfo times = TimeInfo.of(root);
        return usage == null && times == null ? NOTHING : new Measured(usage, times);
    }

    /** What was said later counts, where it says something. */
    Measured then(Measured later) {
        return later.equals(NOTHING)
                ? this
                : new Measured(later.usage == null ? usage : later.usage, later.times == null ? times : later.times);
    }
}
