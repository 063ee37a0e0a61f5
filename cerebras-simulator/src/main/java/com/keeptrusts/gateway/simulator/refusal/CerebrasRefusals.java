package com.keeptrusts.gateway.simulator.refusal;

import com.keeptrusts.gateway.simulator.answer.Json;
import com.keeptrusts.gateway.simulator.request.Violation;
import java.util.Locale;

/** Errors as Cerebras sends them: flat below 500, wrapped from there on, {@code detail} from its front end. */
final class CerebrasRefusals implements Refusals {

    private static final String INVALID = "invalid_request_error";

    @Override
    public Refusal noKey() {
        return Refusal.json(403, Json.MAPPER.createObjectNode().put("detail", "Not authenticated"));
    }

    @Override
    public Refusal wrongKey(String key) {
        return flat(401, "Wrong API Key", INVALID, "api_key", "wrong_api_key");
    }

    @Override
    public Refusal unreadable() {
        return flat(400, "Request body could not be parsed as JSON", INVALID, "validation_error", "wrong_api_format");
    }

    @Override
    public Refusal mediaType(String contentType) {
        return flat(415, "Unsupported media type: " + contentType, INVALID, "validation_error", "wrong_api_format");
    }

    @Override
    public Refusal violation(Violation violation) {
        String path = violation.dotted();
        String complaint =
                violation.unknownProperty() ? "property '" + path + "' is unsupported" : violation.complaint();
        return flat(400, path + ": " + complaint, INVALID, "validation_error", "wrong_api_format");
    }

    @Override
    public Refusal unknownModel(String model) {
        return flat(
                404,
                "Model " + model + " does not exist or you do not have access to it.",
                "not_found_error",
                "model",
                "model_not_found");
    }

    @Override
    public Refusal unknownPath(String method, String path) {
        return Refusal.empty(404);
    }

    @Override
    public Refusal contextLength(int tokens, int limit) {
        return flat(
                400,
                "Please reduce the length of the messages or completion. Current length is " + tokens
                        + " while limit is " + limit,
                INVALID,
                "messages",
                "context_length_exceeded");
    }

    @Override
    public Refusal quota(String quota, String period) {
        String kind = quota.toLowerCase(Locale.ROOT);
        String doing = kind.equals("requests") ? "sent" : "processed";
        return flat(
                429,
                quota + " per " + period + " limit exceeded - too many " + kind + " " + doing + ".",
                "too_many_" + kind + "_error",
                "quota",
                kind.substring(0, kind.length() - 1) + "_quota_exceeded");
    }

    @Override
    public Refusal queue() {
        return flat(
                429,
                "We're experiencing high traffic right now! Please try again soon.",
                "too_many_requests_error",
                "queue",
                "queue_exceeded");
    }

    @Override
    public Refusal failure(int status) {
        if (status < 500) {
            return flat(status, "The request failed with status " + status + ".", INVALID, "", "");
        }
        var body = Json.MAPPER.createObjectNode().put("status_code", status);
        body.set(
                "error",
                Refusal.error("Encountered a server error, please try again.", "server_error", "", "")
                        .put("id", ""));
        return Refusal.json(status, body);
    }

    @Override
    public String streamError(int status, String code) {
        String type = status == 429 ? "too_many_requests_error" : status < 500 ? INVALID : "server_error";
        var body = Json.MAPPER.createObjectNode();
        body.set(
                "error",
                Refusal.error("Encountered an error while streaming, please try again.", type, "", code)
                        .put("id", ""));
        return Json.write(body.put("status_code", status));
    }

    /** The third shape, from the framework in front of the service. */
    static Refusal detail(int status) {
        var item = Json.MAPPER.createObjectNode();
        item.putArray("loc").add("body").add("messages");
        item.put("msg", "Field required").put("type", "missing");
        var body = Json.MAPPER.createObjectNode();
        body.putArray("detail").add(item);
        return Refusal.json(status, body);
    }

    private static Refusal flat(int status, String message, String type, String param, String code) {
        return Refusal.json(status, Refusal.error(message, type, param, code));
    }
}
