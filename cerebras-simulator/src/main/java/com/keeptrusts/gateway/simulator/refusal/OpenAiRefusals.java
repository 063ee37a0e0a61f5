package com.keeptrusts.gateway.simulator.refusal;

import com.keeptrusts.gateway.simulator.answer.Json;
import com.keeptrusts.gateway.simulator.request.Violation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Errors as OpenAI sends them: always nested. */
final class OpenAiRefusals implements Refusals {

    private static final String INVALID = "invalid_request_error";

    @Override
    public Refusal noKey() {
        return nested(401, "You didn't provide an API key.", INVALID, null, null);
    }

    @Override
    public Refusal wrongKey(String key) {
        return nested(401, "Incorrect API key provided.", INVALID, null, "invalid_api_key");
    }

    @Override
    public Refusal unreadable() {
        return nested(400, "We could not parse the JSON body of your request.", INVALID, null, null);
    }

    @Override
    public Refusal mediaType(String contentType) {
        return nested(
                415, "Unsupported content type: '" + contentType + "'.", INVALID, null, "unsupported_content_type");
    }

    @Override
    public Refusal violation(Violation violation) {
        String path = violation.bracketed();
        return violation.unknownProperty()
                ? nested(400, "Unknown parameter: '" + path + "'.", INVALID, path, "unknown_parameter")
                : nested(
                        400,
                        "Invalid value for '" + path + "': " + violation.complaint(),
                        INVALID,
                        path,
                        "invalid_value");
    }

    @Override
    public Refusal unknownModel(String model) {
        return nested(
                404,
                "The model `" + model + "` does not exist or you do not have access to it.",
                INVALID,
                null,
                "model_not_found");
    }

    @Override
    public Refusal unknownPath(String method, String path) {
        return nested(404, "Invalid URL (" + method + " " + path + ")", INVALID, null, null);
    }

    @Override
    public Refusal contextLength(int tokens, int limit) {
        return nested(
                400,
                "This model's maximum context length is " + limit + " tokens. However, your messages resulted in "
                        + tokens + " tokens. Please reduce the length of the messages.",
                INVALID,
                "messages",
                "context_length_exceeded");
    }

    @Override
    public Refusal quota(String quota, String period) {
        return nested(
                429,
                "Rate limit reached on " + quota.toLowerCase(Locale.ROOT) + " per " + period + ".",
                quota.toLowerCase(Locale.ROOT),
                null,
                "rate_limit_exceeded");
    }

    @Override
    public Refusal queue() {
        return nested(503, "The engine is currently overloaded, please try again later.", "server_error", null, null);
    }

    @Override
    public Refusal failure(int status) {
        return status < 500
                ? nested(status, "The request failed with status " + status + ".", INVALID, null, null)
                : nested(status, "The server had an error while processing your request.", "server_error", null, null);
    }

    @Override
    public String streamError(int status, String code) {
        String type = status < 500 ? INVALID : "server_error";
        var body = Json.MAPPER.createObjectNode();
        body.set("error", Refusal.error("The server had an error while processing your request.", type, null, code));
        return Json.write(body);
    }

    private static Refusal nested(
            int status, String message, String type, @Nullable String param, @Nullable String code) {
        var body = Json.MAPPER.createObjectNode();
        body.set("error", Refusal.error(message, type, param, code));
        return Refusal.json(status, body);
    }
}
