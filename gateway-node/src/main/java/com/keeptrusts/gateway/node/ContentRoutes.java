package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.audit.content.Erasure.Result;
import com.keeptrusts.gateway.audit.content.ErasureRequest;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Erasure, and the record of a read, over the management port. Texts are never answered here. */
final class ContentRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(ContentRoutes.class);
    private static final int MOST_BYTES = 16 * 1024;

    private final Supplier<@Nullable ContentDesk> desk;

    ContentRoutes(Supplier<@Nullable ContentDesk> desk) {
        this.desk = desk;
    }

    void on(Router router) {
        BodyHandler body = BodyHandler.create(false).setBodyLimit(MOST_BYTES);
        router.post("/keeptrusts/audit/erase").handler(body).handler(request -> act(request, this::erase));
        router.post("/keeptrusts/audit/content-reads").handler(body).handler(request -> act(request, this::read));
    }

    private record Answer(int status, JsonObject body) {}

    private void act(RoutingContext request, BiFunction<ContentDesk, JsonObject, Future<Answer>> how) {
        ContentDesk there = desk.get();
        JsonObject asked = body(request);
        Future<Answer> answer;
        if (there == null) {
            answer = refusal(404, "this process keeps no texts and keys (expected: a node with the ingress role)");
        } else if (asked == null) {
            answer = refusal(400, "body: (expected: a JSON object)");
        } else if (!there.store().equals(text(asked, "store"))) {
            answer = refusal(409, "store: not this node's, which is " + there.store());
        } else {
            answer = how.apply(there, asked);
        }
        answer.recover(failure -> {
                    LOG.warn("{} failed: {}", request.normalizedPath(), failure.getMessage());
                    return refusal(503, "not done or not recorded: " + failure.getMessage());
                })
                .onSuccess(given -> AdminServer.answer(request, given.status(), given.body()));
    }

    private Future<Answer> erase(ContentDesk there, JsonObject asked) {
        ErasureRequest request;
        try {
            String tenant = text(asked, "tenant");
            request = new ErasureRequest(
                    text(asked, "subject"), tenant.isEmpty() ? null : tenant, text(asked, "reason"), text(asked, "by"));
        } catch (IllegalArgumentException e) {
            return refusal(400, String.valueOf(e.getMessage()));
        }
        return there.erase(request).map(result -> switch (result) {
            case Result.Erased erased ->
                new Answer(200, new JsonObject().put("erased", new JsonArray(erased.pseudonyms())));
            case Result.Held(String hold, var _) ->
                new Answer(
                        409,
                        new JsonObject()
                                .put("error", "subject: under the legal hold " + hold)
                                .put("hold", hold));
            case Result.Unknown _ -> new Answer(404, new JsonObject().put("error", "subject: nothing is kept of it"));
        });
    }

    private Future<Answer> read(ContentDesk there, JsonObject asked) {
        String requestId = text(asked, "rid");
        String reader = text(asked, "by");
        if (requestId.isEmpty() || requestId.length() > 100 || reader.isEmpty() || reader.length() > 200) {
            return refusal(400, "rid, by: (expected: a request id, and who reads its texts)");
        }
        return there.reads(requestId, reader).map(new Answer(200, new JsonObject().put("recorded", true)));
    }

    private static @Nullable JsonObject body(RoutingContext request) {
        try {
            return request.body().asJsonObject();
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }

    private static String text(JsonObject object, String name) {
        return object.getValue(name) instanceof String text ? text : "";
    }

    private static Future<Answer> refusal(int status, String message) {
        return Future.succeededFuture(new Answer(status, new JsonObject().put("error", message)));
    }
}
