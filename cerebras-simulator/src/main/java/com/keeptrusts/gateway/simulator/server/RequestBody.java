package com.keeptrusts.gateway.simulator.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.keeptrusts.gateway.simulator.answer.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Reads a request body: JSON, plain or gzipped. */
final class RequestBody {

    private static final int MOST_BYTES = 64 * 1024 * 1024;

    private RequestBody() {}

    /** The JSON object, or nothing when it is none. */
    static Optional<JsonNode> read(HttpServerRequest request, Buffer body) {
        try {
            byte[] bytes = body.getBytes();
            if ("gzip".equalsIgnoreCase(request.getHeader("content-encoding"))) {
                try (var inflated = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                    bytes = inflated.readNBytes(MOST_BYTES);
                }
            }
            return Optional.ofNullable(Json.MAPPER.readTree(bytes)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty(); // the body is the caller's: that it is no JSON is an answer, not a failure
        }
    }
}
