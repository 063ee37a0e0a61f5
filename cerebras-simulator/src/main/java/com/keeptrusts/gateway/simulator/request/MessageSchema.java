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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages of a chat: which members each role may have, and in which order tool calls and their results must stand. */
final class MessageSchema {

    private static final int MANY = 1_000_000;

    private static final Check CALL = object(
            Map.of(
                    "id", text(),
                    "type", oneOf("function"),
                    "index", anything(),
                    "function", object(Map.of("name", text(), "arguments", text()), "name", "arguments")),
            "id",
            "function");

    private final Map<String, Check> byRole;

    /** Cerebras knows reasoning in the history and image parts; OpenAI knows refusals, audio and files. */
    MessageSchema(boolean ofCerebras) {
        Check content = content(ofCerebras);
        Map<String, Check> plain = Map.of("role", text(), "content", content, "name", text());
        var assistant = new HashMap<>(plain);
        assistant.put("tool_calls", list(0, MANY, CALL));
        assistant.put(ofCerebras ? "reasoning" : "refusal", text());
        if (!ofCerebras) {
            assistant.put("function_call", anything());
            assistant.put("audio", anything());
        }
        var tool = new HashMap<>(plain);
        tool.put("tool_call_id", text());
        byRole = Map.of(
                "system", object(plain, "content"),
                "developer", object(plain, "content"),
                "user", object(plain, "content"),
                "assistant", object(assistant),
                "tool", object(tool, "content", "tool_call_id"));
    }

    private static Check content(boolean ofCerebras) {
        Map<String, Check> textPart = Map.of("type", text(), "text", text());
        Map<String, Check> imageUrl = Map.of("url", text(), "detail", text());
        var parts = new HashMap<String, Check>();
        parts.put("text", object(textPart, "text"));
        parts.put("image_url", object(Map.of("type", text(), "image_url", object(imageUrl, "url")), "image_url"));
        if (ofCerebras) {
            parts.put("image", object(Map.of("type", text(), "image", anything()), "image"));
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

    /** Every call is answered by tool messages directly after it, and nothing is answered that was not called. */
    static @Nullable Violation toolOrder(List<String> path, JsonNode messages) {
        var open = new LinkedHashSet<String>();
        for (int at = 0; at < messages.size(); at++) {
            JsonNode message = messages.get(at);
            List<String> here = under(path, Integer.toString(at));
            if (message.path("role").asText().equals("tool")) {
                if (!open.remove(message.path("tool_call_id").asText())) {
                    return Violation.of(
                            under(here, "tool_call_id"), "Tool message does not answer a preceding tool call");
                }
                continue;
            }
            if (!open.isEmpty()) {
                return Violation.of(here, "Tool call " + open.getFirst() + " has not been answered");
            }
            for (JsonNode call : message.path("tool_calls")) {
                if (!open.add(call.path("id").asText())) {
                    return Violation.of(under(here, "tool_calls"), "Tool call ids should be unique");
                }
            }
        }
        return open.isEmpty() ? null : Violation.of(path, "Tool call " + open.getFirst() + " has not been answered");
    }
}
