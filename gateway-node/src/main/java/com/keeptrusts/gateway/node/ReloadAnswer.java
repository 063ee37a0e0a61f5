package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.contract.ConfigObjection;
import com.keeptrusts.gateway.node.config.InvalidConfigException;
import com.keeptrusts.gateway.node.config.PlacedProblem;
import com.keeptrusts.gateway.node.reload.RefusedReloadException;
import com.keeptrusts.gateway.node.reload.RefusedReloadException.Refusal;
import com.keeptrusts.gateway.node.reload.Reload;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What an operator is told of a reload. */
final class ReloadAnswer {

    private ReloadAnswer() {}

    static JsonObject of(Reload.Done done) {
        return new JsonObject()
                .put("digest", done.version().digest())
                .put("number", done.version().number())
                .put("nodes", new JsonArray(done.nodes()))
                .put("pending", new JsonArray(done.pending()));
    }

    /** 409 for what can be tried again in a moment, 422 for what must be changed first. */
    static int status(Throwable refusal) {
        return refusal instanceof RefusedReloadException refused && refused.busy() ? 409 : 422;
    }

    static JsonObject refusal(Throwable refusal) {
        var errors = new JsonArray();
        switch (refusal) {
            case InvalidConfigException invalid ->
                invalid.problems().stream().map(PlacedProblem::toJson).forEach(errors::add);
            case RefusedReloadException refused ->
                refused.refusals().stream().map(ReloadAnswer::row).forEach(errors::add);
            default ->
                errors.add(new JsonObject()
                        .put("code", "unreadable")
                        .put("message", String.valueOf(refusal.getMessage())));
        }
        return new JsonObject().put("errors", errors);
    }

    private static JsonObject row(Refusal refusal) {
        ConfigObjection objection = refusal.objection();
        return new JsonObject()
                .put("node", refusal.node())
                .put("code", objection.code())
                .put("path", objection.path())
                .put("message", objection.message());
    }
}
