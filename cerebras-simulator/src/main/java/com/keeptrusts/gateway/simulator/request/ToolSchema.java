package com.keeptrusts.gateway.simulator.request;

import static com.keeptrusts.gateway.simulator.request.Check.anything;
import static com.keeptrusts.gateway.simulator.request.Check.flag;
import static com.keeptrusts.gateway.simulator.request.Check.object;
import static com.keeptrusts.gateway.simulator.request.Check.oneOf;
import static com.keeptrusts.gateway.simulator.request.Check.text;
import static com.keeptrusts.gateway.simulator.request.Check.under;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tools, the choice among them, and structured output, whose strict schemas must be closed themselves. */
final class ToolSchema {

    static final Check TOOL = object(
            Map.of(
                    "type", oneOf("function"),
                    "function",
                            object(
                                    Map.of(
                                            "name",
                                            text(),
                                            "description",
                                            text(),
                                            "parameters",
                                            anything(),
                                            "strict",
                                            flag()),
                                    "name")),
            "type",
            "function");

    static final Check CHOICE = Check.when(
            JsonNode::isTextual,
            oneOf("none", "auto", "required"),
            object(
                    Map.of("type", oneOf("function"), "function", object(Map.of("name", text()), "name")),
                    "type",
                    "function"));

    private ToolSchema() {}

    static Check responseFormat(boolean strictObjects) {
        Map<String, Check> schema =
                Map.of("name", text(), "description", text(), "schema", anything(), "strict", flag());
        Check format = object(
                Map.of("type", oneOf("text", "json_object", "json_schema"), "json_schema", object(schema, "name")),
                "type");
        return (path, value) -> {
            Violation found = format.at(path, value);
            boolean strict =
                    strictObjects && value.path("json_schema").path("strict").asBoolean();
            return found != null || !strict
                    ? found
                    : closed(
                            under(under(path, "json_schema"), "schema"),
                            value.path("json_schema").path("schema"));
        };
    }

    private static @Nullable Violation closed(List<String> path, JsonNode schema) {
        if (schema.has("definitions")) {
            return Violation.of(path, "Use $defs instead of definitions");
        }
        boolean open = schema.path("type").asText().equals("object")
                && !schema.path("additionalProperties").equals(BooleanNode.FALSE);
        if (open) {
            return Violation.of(path, "Object fields require: 'additionalProperties' set to false");
        }
        for (var member : schema.properties()) {
            if (member.getValue().isObject()) {
                Violation found = closed(under(path, member.getKey()), member.getValue());
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
