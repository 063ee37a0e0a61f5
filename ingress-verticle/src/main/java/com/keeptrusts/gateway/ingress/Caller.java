package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.ErrorCode;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param key the gateway key, where keys are required
 * @param address of the peer
 */
record Caller(@Nullable ClientKey key, String address) {

    private static final String BEARER = "bearer ";

    /** Without configured keys everyone may ask; with them, throws {@link Refused} for anyone without one. */
    static Caller of(HttpServerRequest http, GatewaySettings settings) {
        String address =
                http.remoteAddress() == null ? "" : http.remoteAddress().hostAddress();
        if (settings.clientKeys().isEmpty()) {
            return new Caller(null, address == null ? "" : address);
        }
        String secret = secret(http);
        if (secret == null) {
            throw Refused.of(ErrorCode.INVALID_API_KEY, "authorization: missing (expected: Bearer and a gateway key)");
        }
        ClientKey found = settings.holder(secret)
                .orElseThrow(() -> Refused.of(ErrorCode.INVALID_API_KEY, "authorization: not a key of this gateway"));
        return new Caller(found, address == null ? "" : address);
    }

    void checkModel(String model) {
        if (key != null && !key.models().isEmpty() && !key.models().contains(model)) {
            throw Refused.at(ErrorCode.MODEL_NOT_ALLOWED, "model", "model: this key may not use it");
        }
    }

    private static @Nullable String secret(HttpServerRequest http) {
        String authorization = http.getHeader("authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).strip();
        }
        return http.getHeader("api-key");
    }
}
