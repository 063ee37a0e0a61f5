package com.keeptrusts.gateway.simulator.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A request that fits the schema, as far as the answer depends on it. */
public record CompletionRequest(
        Kind kind,
        String model,
        boolean stream,
        boolean includeUsage,
        boolean obfuscated,
        int choices,
        int mostTokens,
        int leastTokens,
        List<String> stops,
        boolean thinks,
        String lastUserText,
        int promptTokens,
        long seed,
        @Nullable JsonNode calledTool,
        @Nullable JsonNode outputSchema) {

    /** No limit was given, or the model's own. */
    public static final int UNLIMITED = -1;

    public static CompletionRequest of(Kind kind, JsonNode body, String model, boolean toolsWanted) {
        boolean chat = kind == Kind.CHAT;
        JsonNode options = body.path("stream_options");
        return new CompletionRequest(
                kind,
                model,
                body.path("stream").asBoolean(false),
                options.path("include_usage").asBoolean(false),
                options.path("include_obfuscation").asBoolean(true),
                body.path("n").asInt(1),
                firstWhole(body, "max_completion_tokens", "max_tokens"),
                firstWhole(body, "min_completion_tokens", "min_tokens"),
                strings(body.path("stop")),
                !body.path("disable_reasoning").asBoolean(false)
                        && !body.path("reasoning_effort").asText().equals("none"),
                chat ? lastUserText(body.path("messages")) : String.join("\n", strings(body.path("prompt"))),
                promptTokens(chat ? body.path("messages") : body.path("prompt")),
                body.path("seed").asLong(0),
                chat ? calledTool(body, toolsWanted) : null,
                outputSchema(body.path("response_format")));
    }

    private static int firstWhole(JsonNode body, String name, String olderName) {
        return body.path(name).asInt(body.path(olderName).asInt(UNLIMITED));
    }

    private static List<String> strings(JsonNode value) {
        return value.isTextual()
                ? List.of(value.textValue())
                : StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .filter(text -> !text.isEmpty())
                        .toList();
    }

    private static String lastUserText(JsonNode messages) {
        for (int at = messages.size() - 1; at >= 0; at--) {
            if (messages.get(at).path("role").asText().equals("user")) {
                return textOf(messages.get(at).path("content"));
            }
        }
        return "";
    }

    private static String textOf(JsonNode content) {
        return content.isTextual()
                ? content.textValue()
                : StreamSupport.stream(content.spliterator(), false)
                        .map(part -> part.path("text").asText())
                        .reduce("", String::concat);
    }

    /** An estimate such as a limiter makes: four bytes to a token, and four tokens for each message. */
    private static int promptTokens(JsonNode value) {
        if (value.isTextual()) {
            return Math.max(1, value.textValue().getBytes(UTF_8).length / 4);
        }
        int tokens = 0;
        for (JsonNode item : value) {
            JsonNode content = item.isObject() ? item.path("content") : item;
            tokens += 4 + (content.isNumber() ? 1 : textOf(content).getBytes(UTF_8).length / 4);
        }
        return tokens;
    }

    /** The tool that the caller insists on, or the first one when an option wants a call although the choice is free. */
    private static @Nullable JsonNode calledTool(JsonNode body, boolean toolsWanted) {
        JsonNode tools = body.path("tools");
        JsonNode choice = body.path("tool_choice");
        if (tools.isEmpty() || choice.asText().equals("none")) {
            return null;
        }
        if (choice.isObject()) {
            String name = choice.path("function").path("name").asText();
            return StreamSupport.stream(tools.spliterator(), false)
                    .map(tool -> tool.path("function"))
                    .filter(function -> function.path("name").asText().equals(name))
                    .findFirst()
                    .orElse(null);
        }
        return toolsWanted || choice.asText().equals("required") ? tools.path(0).path("function") : null;
    }

    private static @Nullable JsonNode outputSchema(JsonNode format) {
        return switch (format.path("type").asText()) {
            case "json_object" -> format;
            case "json_schema" -> format.path("json_schema").path("schema");
            default -> null;
        };
    }

    /** Changes whenever the request asks for something else, and never otherwise. */
    public long fingerprint() {
        return Objects.hash(model, seed, lastUserText, promptTokens) * 0x9E3779B97F4A7C15L;
    }
}
