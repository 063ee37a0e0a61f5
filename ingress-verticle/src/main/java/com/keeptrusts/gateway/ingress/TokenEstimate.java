package com.keeptrusts.gateway.ingress;

/** How many tokens a request will probably cost: about four bytes of prompt each, and what it asks for. */
final class TokenEstimate {

    private static final int BYTES_PER_TOKEN = 4;
    private static final long MOST = 100_000_000;

    private TokenEstimate() {}

    static long of(ModelRequest request) {
        return Math.ceilDiv(request.bytes().length(), BYTES_PER_TOKEN) + Math.min(MOST, request.maxTokens());
    }
}
