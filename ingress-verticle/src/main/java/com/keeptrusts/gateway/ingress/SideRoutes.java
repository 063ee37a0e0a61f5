package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.PolicyStep;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/** Everything that is no model call: the list of models, warming, health. Answered at once and from memory. */
final class SideRoutes {

    private static final String MODELS = "/v1/models";

    private final IngressOptions options;
    private final TimeOrderedIds ids;
    private final Workers workers;
    private final AuditTrail trail;

    SideRoutes(IngressOptions options, TimeOrderedIds ids, Workers workers, AuditTrail trail) {
        this.options = options;
        this.ids = ids;
        this.workers = workers;
        this.trail = trail;
    }

    /** Throws {@link Refused} for what is not served here. */
    void handle(HttpServerRequest http) {
        IngressConfig config = options.current().get();
        String path = http.path() == null ? "" : http.path();
        switch (path) {
            case "/health" -> get(http, () -> health(config));
            case "/healthz" -> get(http, () -> new JsonObject().put("status", "ok"));
            case "/readyz", "/ready" -> ready(http, config);
            case "/v1/tcp_warming" -> {
                Caller.of(http, config.gateway());
                get(http, JsonObject::new);
            }
            case MODELS -> {
                Caller.of(http, config.gateway());
                get(http, () -> models(config));
            }
            default -> other(http, config, path);
        }
    }

    private void other(HttpServerRequest http, IngressConfig config, String path) {
        Caller.of(http, config.gateway());
        if (!path.startsWith(MODELS + "/")) {
            throw Refused.of(ErrorCode.UNKNOWN_ENDPOINT, "The gateway does not serve this path.");
        }
        String id = path.substring(MODELS.length() + 1);
        for (PublishedModel model : config.models()) {
            if (model.id().equals(id)) {
                get(http, () -> model(model));
                return;
            }
        }
        throw Refused.at(ErrorCode.MODEL_NOT_FOUND, "model", "model: the gateway lists none of this id");
    }

    private void ready(HttpServerRequest http, IngressConfig config) {
        String missing = missing(config);
        http.response().setStatusCode(missing.isEmpty() ? 200 : 503);
        get(
                http,
                () -> missing.isEmpty()
                        ? new JsonObject().put("status", "ready")
                        : new JsonObject().put("status", "not ready").put("missing", missing));
    }

    /** What keeps this node from answering; empty when nothing does. */
    private String missing(IngressConfig config) {
        if (options.status().leaving()) {
            return "draining";
        }
        for (PolicyStep step : config.chain()) {
            if (!workers.policies(step.kind()).alive()) {
                return "policy " + step.kind();
            }
        }
        if (!workers.providers().alive()) {
            return "provider";
        }
        return trail.accepting(config.audit()) ? "" : "audit";
    }

    private JsonObject health(IngressConfig config) {
        IngressStatus status = options.status();
        boolean written = !config.audit().enabled() || workers.writers().alive();
        boolean degraded =
                status.unrecordedEntries() > 0 || !written || !missing(config).isEmpty();
        return new JsonObject()
                .put("status", degraded ? "degraded" : "ok")
                .put("uptime_seconds", status.uptimeSeconds())
                .put("version", status.version())
                .put("providers", new JsonArray(config.targets()))
                .put("policies_loaded", config.chain().size() + (config.audit().enabled() ? 1 : 0))
                .put("requests_processed", status.requestsProcessed());
    }

    private static JsonObject models(IngressConfig config) {
        JsonArray data = new JsonArray();
        config.models().forEach(one -> data.add(model(one)));
        return new JsonObject().put("object", "list").put("data", data);
    }

    private static JsonObject model(PublishedModel model) {
        return new JsonObject()
                .put("id", model.id())
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", model.ownedBy());
    }

    private void get(HttpServerRequest http, Supplier<JsonObject> body) {
        HttpServerResponse response = http.response();
        boolean head = HttpMethod.HEAD.equals(http.method());
        if (!head && !HttpMethod.GET.equals(http.method())) {
            response.headers().set("allow", "GET");
            throw Refused.of(ErrorCode.METHOD_NOT_ALLOWED, "method: (expected: GET)");
        }
        response.headers().set("content-type", "application/json").set("x-request-id", ids.next());
        if (head) {
            response.end();
        } else {
            response.end(body.get().toBuffer());
        }
    }
}
