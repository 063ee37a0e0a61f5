package com.keeptrusts.gateway.node.ledger;

import com.keeptrusts.gateway.contract.Bytes;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;

/** An answer and how it is to be kept. */
record Found(Bytes body, String type, String cache) {

    static Found json(String text, String cache) {
        return new Found(Bytes.utf8(text), "application/json", cache);
    }

    static Found text(byte[] text, String cache) {
        return new Found(Bytes.owning(text), "text/plain; charset=utf-8", cache);
    }

    static Found text(String text, String cache) {
        return text(text.getBytes(StandardCharsets.UTF_8), cache);
    }

    static Found bytes(byte[] bytes, String cache) {
        return new Found(Bytes.owning(bytes), "application/octet-stream", cache);
    }

    void send(HttpServerResponse response) {
        response.putHeader("content-type", type)
                .putHeader("cache-control", cache)
                .putHeader("x-content-type-options", "nosniff")
                .end(body.toBuffer());
    }
}
