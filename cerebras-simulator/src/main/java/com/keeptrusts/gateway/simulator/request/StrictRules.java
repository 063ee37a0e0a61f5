package com.keeptrusts.gateway.simulator.request;

import static com.keeptrusts.gateway.simulator.request.Check.under;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold between the members of a chat request: the rules that Cerebras enforces since version 2 of its
 * validation, and OpenAI as far as they are about tools.
 */
final class StrictRules {

    private static final List<String> SCHEMAS_BY_NAME = List.of("properties", "$defs", "patternProperties");
    private static final List<String> LISTS_OF_SCHEMAS = List.of("anyOf", "allOf", "oneOf", "prefixItems");
    private static final List<String> SCHEMAS = List.of("items", "not", "if", "then", "else");

    private StrictRules() {}

    static @Nullable Violation ofTools(JsonNode body) {
        Violation found = choice(body);
        return found != null ? found : order(List.of("messages"), body.path("messages"));
    }

    private static @Nullable Violation choice(JsonNode body) {
        if (!body.hasNonNull("tool_choice")) {
            return null;
        }
        if (body.path("tools").isEmpty()) {
            return Violation.of(List.of("tool_choice"), "tool_choice requires tools");
        }
        String name = body.path("tool_choice").path("function").path("name").asText();
        for (JsonNode tool : body.path("tools")) {
            if (name.isEmpty() || tool.path("function").path("name").asText().equals(name)) {
                return null;
            }
        }
        return Violation.of(List.of("tool_choice", "function", "name"), "tool_choice names a function that is no tool");
    }

    /** Every call is answered by tool messages directly after it, and nothing is answered that was not called. */
    private static @Nullable Violation order(List<String> path, JsonNode messages) {
        Set<String> known = new LinkedHashSet<>();
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
                open.add(call.path("id").asText());
                if (!known.add(call.path("id").asText())) {
                    return Violation.of(under(here, "tool_calls"), "Tool call ids should be unique");
                }
            }
        }
        return open.isEmpty() ? null : Violation.of(path, "Tool call " + open.getFirst() + " has not been answered");
    }

    /** A strict schema has closed objects only, and its definitions under the newer name. */
    static @Nullable Violation ofSchema(JsonNode body) {
        JsonNode format = body.path("response_format").path("json_schema");
        return format.path("strict").asBoolean()
                ? closed(List.of("response_format", "json_schema", "schema"), format.path("schema"))
                : null;
    }

    private static @Nullable Violation closed(List<String> path, JsonNode schema) {
        if (!schema.isObject()) {
            return null;
        }
        if (schema.has("definitions")) {
            return Violation.of(path, "Use $defs instead of definitions");
        }
        if (isOfObjects(schema) && !schema.path("additionalProperties").equals(BooleanNode.FALSE)) {
            return Violation.of(path, "Object fields require: 'additionalProperties' set to false");
        }
        Violation found = null;
        for (String keyword : SCHEMAS_BY_NAME) {
            for (var member : schema.path(keyword).properties()) {
                found = first(found, under(under(path, keyword), member.getKey()), member.getValue());
            }
        }
        for (String keyword : LISTS_OF_SCHEMAS) {
            for (int at = 0; at < schema.path(keyword).size(); at++) {
                found = first(
                        found,
                        under(under(path, keyword), Integer.toString(at)),
                        schema.path(keyword).path(at));
            }
        }
        for (String keyword : SCHEMAS) {
            found = first(found, under(path, keyword), schema.path(keyword));
        }
        return found;
    }

    private static @Nullable Violation first(@Nullable Violation found, List<String> path, JsonNode schema) {
        return found == null ? closed(path, schema) : found;
    }

    /** Whether it says so, alone or among other types, or has properties. */
    private static boolean isOfObjects(JsonNode schema) {
        JsonNode type = schema.path("type");
        boolean listed = false;
        for (JsonNode one : type) {
            listed |= one.asText().equals("object");
        }
        return listed || type.asText().equals("object") || schema.has("properties");
    }
}
