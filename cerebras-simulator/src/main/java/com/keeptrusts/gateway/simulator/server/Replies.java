package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.answer.Json;
import com.keeptrusts.gateway.simulator.refusal.Refusal;
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
        head(request, refusal.status(), refusal.contentType()).end(refusal.body());
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
