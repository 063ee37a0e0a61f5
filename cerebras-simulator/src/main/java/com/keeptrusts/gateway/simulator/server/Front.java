package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.pace.Ticker;
import com.keeptrusts.gateway.simulator.refusal.Refusals;
import com.keeptrusts.gateway.simulator.request.Kind;
import com.keeptrusts.gateway.simulator.request.Options;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Takes every request of one event loop: reads it, records it, and leads it to its endpoint. */
final class Front {

    private static final String MODELS = "/v1/models";
    private static final String PUBLIC_MODELS = "/public/v1/models";

    private final Vertx vertx;
    private final World world;
    private final ControlEndpoint control;
    private final CompletionEndpoint completions;
    private final ModelsEndpoint models;
    private final Replies replies;

    Front(Vertx vertx, World world, Ticker ticker) {
        this.vertx = vertx;
        this.world = world;
        replies = new Replies(world);
        control = new ControlEndpoint(world);
        completions = new CompletionEndpoint(vertx, world, replies, ticker);
        models = new ModelsEndpoint(world.settings(), replies);
    }

    void handle(HttpServerRequest request) {
        if (request.path().startsWith(ControlEndpoint.PREFIX)) {
            request.body().onSuccess(body -> control.handle(request, body));
            return;
        }
        try {
            receive(request, Options.ofHeaders(request.headers()));
        } catch (IllegalArgumentException e) {
            replies.misuse(request, e);
        }
    }

    private void receive(HttpServerRequest request, Options options) {
        long acceptedAt = System.nanoTime();
        int slowRead = options.over(world.options().get()).whole("slow_read_ms", 0);
        if (slowRead > 0) {
            request.pause();
            vertx.setTimer(slowRead, _ -> request.resume());
        }
        request.body().onSuccess(body -> {
            world.journal().record(request, body);
            try {
                dispatch(request, body, options, acceptedAt);
            } catch (IllegalArgumentException e) {
                replies.misuse(request, e);
            }
        });
    }

    private void dispatch(HttpServerRequest request, Buffer body, Options options, long acceptedAt) {
        String route = request.method().name() + " " + request.path();
        switch (route) {
            case "POST /v1/chat/completions" -> completions.handle(request, Kind.CHAT, body, options, acceptedAt);
            case "POST /v1/completions" -> completions.handle(request, Kind.TEXT, body, options, acceptedAt);
            case "GET /v1/tcp_warming" -> replies.json(request, 200, "{}");
            default -> other(request);
        }
    }

    private void other(HttpServerRequest request) {
        String path = request.path();
        boolean read = request.method().equals(HttpMethod.GET);
        if (read && under(MODELS, path)) {
            models.list(request, path.substring(MODELS.length()));
        } else if (read && under(PUBLIC_MODELS, path)) {
            models.listPublic(request, path.substring(PUBLIC_MODELS.length()));
        } else {
            replies.refuse(
                    request,
                    Refusals.of(world.settings().persona())
                            .unknownPath(request.method().name(), path));
        }
    }

    private static boolean under(String base, String path) {
        return path.equals(base) || path.startsWith(base + "/");
    }
}
