package com.keeptrusts.gateway.simulator.request;

import static com.keeptrusts.gateway.simulator.request.Check.flag;
import static com.keeptrusts.gateway.simulator.request.Check.object;
import static com.keeptrusts.gateway.simulator.request.Check.oneOf;
import static com.keeptrusts.gateway.simulator.request.Check.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Tools, the choice among them, and structured output. */
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
                                            Check.map(),
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

    static Check responseFormat() {
        Map<String, Check> schema =
                Map.of("name", text(), "description", text(), "schema", Check.map(), "strict", flag());
        Map<String, Check> closed = Map.of("type", oneOf("json_schema"), "json_schema", object(schema, "name"));
        return Check.when(
                format -> format.path("type").asText().equals("json_schema"),
                object(closed, "type", "json_schema"),
                object(Map.of("type", oneOf("text", "json_object", "json_schema")), "type"));
    }
}
