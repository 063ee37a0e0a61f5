package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.config.Section;

/** So many requests, tokens, or both in a sliding window. A limit that is not set is {@link Long#MAX_VALUE}. */
public record RateLimit(long maxRequests, long maxTokens, int windowSeconds) {

    private static final int DAY = 86_400;

    public RateLimit {
        if (maxRequests == Long.MAX_VALUE && maxTokens == Long.MAX_VALUE) {
            throw new IllegalArgumentException("neither max_requests nor max_tokens (expected: at least one)");
        }
    }

    public static RateLimit from(Section section) {
        return new RateLimit(
                section.whole("max_requests", Long.MAX_VALUE, 1, Long.MAX_VALUE),
                section.whole("max_tokens", Long.MAX_VALUE, 1, Long.MAX_VALUE),
                section.integer("window_seconds", 60, 1, 31 * DAY));
    }
}
