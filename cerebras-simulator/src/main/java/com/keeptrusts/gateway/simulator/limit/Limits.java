package com.keeptrusts.gateway.simulator.limit;

import com.keeptrusts.gateway.simulator.request.Options;

/**
 * The quotas of a key for a model. Tokens are counted in two buckets: {@code tokensPerMinute} for the uncached ones, and a wider one for
 * all. Only quotas that were asked for are enforced; the others merely show in the headers.
 */
public record Limits(
        long requestsPerMinute,
        long requestsPerDay,
        long tokensPerMinute,
        long allTokensPerMinute,
        int reserve,
        boolean enforced) {

    private static final long USUAL_REQUESTS_PER_DAY = 1_440_000;
    private static final long USUAL_TOKENS_PER_MINUTE = 1_000_000;
    private static final int USUAL_RESERVE = 16_384;

    public static Limits of(Options options) {
        long tokens = options.big("tpm", USUAL_TOKENS_PER_MINUTE);
        return new Limits(
                options.big("rpm", Long.MAX_VALUE),
                options.big("rpd", USUAL_REQUESTS_PER_DAY),
                tokens,
                options.big("tpm_total", 3 * tokens),
                options.whole("reserve", USUAL_RESERVE),
                options.has("rpm") || options.has("rpd") || options.has("tpm") || options.has("tpm_total"));
    }
}
