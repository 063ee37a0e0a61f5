package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.answer.Json;
import com.keeptrusts.gateway.simulator.refusal.Refusal;
import com.keeptrusts.gateway.simulator.request.Options;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.Map;

/** Short answers that need no pacing, and the head that every answer of the service carries. */
final class Replies {

    private final World world;
    private final ServiceHeaders headers;

    Replies(World world) {
        this.world = world;
        headers =
                new ServiceHeaders(world.settings().persona(), world.settings().seed());
    }

    /** Prepares the head; whoever calls writes the body. */
    HttpServerResponse head(HttpServerRequest request, int status, String contentType) {
        world.counters().responded(status);
        HttpServerResponse response = request.response().setStatusCode(status);
        headers.put(response.headers(), world.requestNumber().incrementAndGet(), Instant.now());
        response.putHeader("content-type", contentType);
        return response;
    }

    void json(HttpServerRequest request, int status, String body) {
        head(request, status, "application/json").end(body);
    }

    void refuse(HttpServerRequest request, Refusal refusal) {
        refuse(request, refusal, Options.none());
    }

    /** The options may add a {@code retry-after} and one more header. */
    void refuse(HttpServerRequest request, Refusal refusal, Options options) {
        HttpServerResponse response = head(request, refusal.status(), refusal.contentType());
        String retryAfter = options.text("retry_after");
        if (retryAfter != null) {
            response.putHeader("retry-after", retryAfter);
        }
        putOwnHeader(response, options);
        response.end(refusal.body());
    }

    /** The header that the {@code header} option names, as {@code name: value}. */
    static void putOwnHeader(HttpServerResponse response, Options options) {
        String header = options.text("header");
        if (header != null) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("header: " + header + " (expected: name: value)");
            }
            response.headers()
                    .add(
                            header.substring(0, colon).strip(),
                            header.substring(colon + 1).strip());
        }
    }

    /** The test asked the simulator for something that it does not know: not an answer of the service. */
    void misuse(HttpServerRequest request, IllegalArgumentException problem) {
        if (!request.response().headWritten()) {
            request.response()
                    .setStatusCode(400)
                    .putHeader("content-type", "application/json")
                    .end(Json.write(Map.of("simulator", String.valueOf(problem.getMessage()))));
        }
    }
}
