package com.keeptrusts.gateway.simulator.refusal;

import com.keeptrusts.gateway.simulator.Persona;
import com.keeptrusts.gateway.simulator.request.Violation;

/** The errors of one service, in its own shapes. */
public interface Refusals {

    static Refusals of(Persona persona) {
        return switch (persona) {
            case CEREBRAS -> new CerebrasRefusals();
            case OPENAI -> new OpenAiRefusals();
        };
    }

    Refusal noKey();

    Refusal wrongKey(String key);

    Refusal unreadable();

    Refusal mediaType(String contentType);

    Refusal violation(Violation violation);

    Refusal unknownModel(String model);

    Refusal unknownPath(String method, String path);

    Refusal contextLength(int tokens, int limit);

    /** {@code quota} is {@code Requests} or {@code Tokens}, {@code period} the span that it is counted over. */
    Refusal quota(String quota, String period);

    /** The queue is full. */
    Refusal queue();

    /** Whatever else is to be answered with {@code status}. */
    Refusal failure(int status);

    /** The data of an event that reports an error in the middle of a stream. */
    String streamError(int status, String code);

    /** A refusal by the name that the {@code error} option uses. */
    default Refusal named(String name, int status) {
        return switch (name) {
            case "queue_exceeded" -> queue();
            case "request_quota_exceeded" -> quota("Requests", "minute");
            case "token_quota_exceeded" -> quota("Tokens", "minute");
            case "context_length_exceeded" -> contextLength(200_000, 131_072);
            case "wrong_api_key" -> wrongKey("sk-wrong");
            case "no_key" -> noKey();
            case "model_not_found" -> unknownModel("no-such-model");
            case "server_error" -> failure(status);
            case "html" -> Refusal.html(status);
            case "empty" -> Refusal.empty(status);
            case "detail" -> CerebrasRefusals.detail(status);
            default ->
                throw new IllegalArgumentException("error: " + name + " (expected: queue_exceeded,"
                        + " request_quota_exceeded, token_quota_exceeded, context_length_exceeded, wrong_api_key, no_key,"
                        + " model_not_found, server_error, html, empty or detail)");
        };
    }
}
