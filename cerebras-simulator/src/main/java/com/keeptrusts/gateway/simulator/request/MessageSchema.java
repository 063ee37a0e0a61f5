package com.keeptrusts.gateway.simulator.request;

import static com.keeptrusts.gateway.simulator.request.Check.anything;
import static com.keeptrusts.gateway.simulator.request.Check.list;
import static com.keeptrusts.gateway.simulator.request.Check.object;
import static com.keeptrusts.gateway.simulator.request.Check.oneOf;
import static com.keeptrusts.gateway.simulator.request.Check.text;
import static com.keeptrusts.gateway.simulator.request.Check.under;
import static com.keeptrusts.gateway.simulator.request.Check.when;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages of a chat: which members each role may have, and which parts their contents. */
final class MessageSchema {

    private static final int MANY = 1_000_000;

    /** Cerebras fetches no images. */
    private static final Check EMBEDDED = Check.that(
            value -> value.isTextual() && value.textValue().startsWith("data:image/"),
            "Input should be a base64 data URI of an image");

    private static final Check CALL = object(
            Map.of(
                    "id", text(),
                    "type", oneOf("function"),
                    "index", anything(),
                    "function", object(Map.of("name", text(), "arguments", text()), "name", "arguments")),
            "id",
            "type",
            "function");

    private static final Check TEXT_PART = object(Map.of("type", oneOf("text"), "text", text()), "type", "text");

    /** A text, or parts that are texts. */
    static final Check TEXTS = when(JsonNode::isArray, list(0, MANY, TEXT_PART), text());

    private final Map<String, Check> byRole;

    /** Cerebras knows reasoning in the history and image parts; OpenAI knows refusals, audio and files. */
    MessageSchema(boolean ofCerebras) {
        Check content = content(ofCerebras);
        Map<String, Check> plain = Map.of("role", text(), "content", content, "name", text());
        var assistant = new HashMap<>(plain);
        assistant.put("tool_calls", list(0, MANY, CALL));
        if (ofCerebras) {
            assistant.put("content", TEXTS);
            assistant.put("reasoning", TEXTS);
        } else {
            assistant.put("refusal", text());
            assistant.put("annotations", anything());
            assistant.put("function_call", anything());
            assistant.put("audio", anything());
        }
        var tool = new HashMap<>(plain);
        tool.put("content", TEXTS);
        tool.put("tool_call_id", text());
        byRole = Map.of(
                "system", object(plain, "content"),
                "developer", object(plain, "content"),
                "user", object(plain, "content"),
                "assistant", object(assistant),
                "tool", object(tool, "content", "tool_call_id"));
    }

    private static Check content(boolean ofCerebras) {
        Map<String, Check> imageUrl = Map.of("url", ofCerebras ? EMBEDDED : text(), "detail", text());
        var parts = new HashMap<String, Check>();
        parts.put("text", TEXT_PART);
        parts.put("image_url", object(Map.of("type", text(), "image_url", object(imageUrl, "url")), "image_url"));
        if (ofCerebras) {
            parts.put("image", object(Map.of("type", text(), "image", text()), "image"));
        } else {
            parts.put("input_audio", object(Map.of("type", text(), "input_audio", anything()), "input_audio"));
            parts.put("file", object(Map.of("type", text(), "file", anything()), "file"));
            parts.put("refusal", object(Map.of("type", text(), "refusal", text()), "refusal"));
        }
        Check part = (path, value) -> {
            Check check = parts.get(value.path("type").asText());
            return check == null
                    ? Violation.of(under(path, "type"), "Input should be a known part type")
                    : check.at(path, value);
        };
        return when(JsonNode::isArray, list(1, MANY, part), text());
    }

    @Nullable
    Violation message(List<String> path, JsonNode message) {
        String role = message.path("role").asText();
        Check check = byRole.get(role);
        return check == null
                ? Violation.of(under(path, "role"), "Input should be one of system, developer, user, assistant, tool")
                : check.at(under(path, "@" + role), message);
    }
}
