package com.keeptrusts.gateway.simulator.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Makes a value that fits a JSON schema: every listed property, the first of every enumeration, one item to a list. */
final class SchemaSample {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 16;

    private SchemaSample() {}

    static JsonNode of(JsonNode schema, long seed) {
        return of(schema, schema, seed, 0);
    }

    private static JsonNode of(JsonNode root, JsonNode schema, long seed, int depth) {
        if (depth > DEEPEST) {
            return NODES.nullNode();
        }
        if (schema.has("$ref")) {
            return of(root, root.at(schema.path("$ref").asText().substring(1)), seed, depth + 1);
        }
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum").path(0);
        }
        if (!schema.path("anyOf").isEmpty()) {
            return of(root, schema.path("anyOf").path(0), seed, depth + 1);
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.path(0).asText() : type.asText()) {
            case "string" -> NODES.textNode(Tokens.generated(seed, 3).text(0, 3));
            case "integer" -> NODES.numberNode(Dice.below(100, seed, depth));
            case "number" -> NODES.numberNode(Dice.below(1000, seed, depth) / 10.0);
            case "boolean" -> NODES.booleanNode(Dice.below(2, seed, depth) == 1);
            case "null" -> NODES.nullNode();
            case "array" -> NODES.arrayNode().add(of(root, schema.path("items"), seed, depth + 1));
            default -> object(root, schema, seed, depth);
        };
    }

    private static JsonNode object(JsonNode root, JsonNode schema, long seed, int depth) {
        var made = NODES.objectNode();
        schema.path("properties")
                .properties()
                .forEach(property -> made.set(
                        property.getKey(),
                        of(root, property.getValue(), seed + property.getKey().hashCode(), depth + 1)));
        return made;
    }
}
