package com.keeptrusts.gateway.ingress;

import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a client says of its attempts at the same thing. Nothing is held back for it: every attempt is a request of its
 * own, and its entry tells which others it belongs to.
 */
final class Attempts {

    private static final Pattern COUNT = Pattern.compile("\\d{1,4}");

    private Attempts() {}

    /** Members of {@code ask}. Headers are a client's texts, so what is no number is not kept, and of a key what stands for it. */
    static void tell(HttpServerRequest http, Vault vault, Map<String, Object> ask) {
        String count = http.getHeader("x-stainless-retry-count");
        if (count != null) {
            ask.put("retry", COUNT.matcher(count).matches() ? count : "other");
        }
        String key = http.getHeader("idempotency-key");
        if (key != null && !key.isBlank()) {
            ask.put("idempotency", vault.pseudonymOfIdempotencyKey(key.strip()));
        }
    }
}
