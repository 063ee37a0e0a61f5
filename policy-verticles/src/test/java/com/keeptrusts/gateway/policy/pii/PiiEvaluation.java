package com.keeptrusts.gateway.policy.pii;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.keeptrusts.gateway.config.Section;
import io.vertx.core.json.JsonObject;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes what the detector finds in a file of labelled texts, in the format of the scoring script. Arguments: texts,
 * predictions, and optionally settings as JSON.
 */
public final class PiiEvaluation {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WARM_UP = 5;
    private static final double NANOS_PER_MICRO = 1000.0;

    private PiiEvaluation() {}

    public static void main(String[] arguments) throws Exception {
        var settings = new JsonObject(arguments.length > 2 ? arguments[2] : "{\"healthcare_mode\":true}");
        var scanner = new PiiScanner(Section.read("policy.pii-detector", settings, PiiSettings::from));
        List<String> lines = Files.readAllLines(Path.of(arguments[0]));
        for (int round = 0; round < WARM_UP; round++) {
            for (String line : lines) {
                scanner.scan(JSON.readTree(line).get("text").asText());
            }
        }
        try (BufferedWriter out = Files.newBufferedWriter(Path.of(arguments[1]))) {
            for (String line : lines) {
                out.write(JSON.writeValueAsString(prediction(scanner, JSON.readTree(line))));
                out.newLine();
            }
        }
    }

    private static ObjectNode prediction(PiiScanner scanner, JsonNode gold) {
        String text = gold.get("text").asText();
        long before = System.nanoTime();
        List<PiiSpan> found = scanner.scan(text);
        long took = System.nanoTime() - before;
        ObjectNode prediction = JSON.createObjectNode();
        prediction.put("id", gold.get("id").asText());
        ArrayNode spans = prediction.putArray("spans");
        for (PiiSpan span : found) {
            ObjectNode one = spans.addObject();
            one.put("start", text.codePointCount(0, span.start()));
            one.put("end", text.codePointCount(0, span.end()));
            one.put("type", span.type().name());
            one.put("score", span.score());
        }
        prediction.put("us", took / NANOS_PER_MICRO);
        return prediction;
    }
}
