package com.keeptrusts.gateway.simulator.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An answer as a list of steps. A raw script owns the TCP connection and writes the status line itself; any other is the body of a
 * response with the given status and content type. A script that ends without saying how closes a raw connection and completes a body.
 */
public record Script(boolean raw, int status, String contentType, List<Step> steps) {

    private static final String EVENTS = "text/event-stream; charset=utf-8";

    public Script {
        steps = List.copyOf(steps);
    }

    /** Takes over the connection. */
    public static Script raw(Step... steps) {
        return new Script(true, 200, EVENTS, List.of(steps));
    }

    /** The body of a successful event stream. */
    public static Script body(Step... steps) {
        return new Script(false, 200, EVENTS, List.of(steps));
    }

    public static Step write(String text) {
        return new Step.Write(Buffer.buffer(text.getBytes(UTF_8)));
    }

    /** Reads the form of {@code PUT /__sim/scripts/{id}}; the list of steps alone is a body script. */
    public static Script of(JsonNode document) {
        JsonNode listed = document.isArray() ? document : document.path("steps");
        if (!listed.isArray()) {
            throw new IllegalArgumentException("steps: " + listed.getNodeType() + " (expected: a list)");
        }
        var steps = new ArrayList<Step>();
        listed.forEach(step -> steps.add(step(step)));
        return new Script(
                document.path("raw").asBoolean(false),
                document.path("status").asInt(200),
                document.path("content_type").asText(EVENTS),
                steps);
    }

    private static Step step(JsonNode step) {
        if (step.path("write").isTextual()) {
            return new Step.Write(
                    Buffer.buffer(Base64.getDecoder().decode(step.path("write").textValue())));
        }
        if (step.path("text").isTextual()) {
            return write(step.path("text").textValue());
        }
        if (step.path("sleep").isIntegralNumber()) {
            return new Step.Sleep(step.path("sleep").longValue());
        }
        return switch (step.isObject() && step.size() == 1 ? step.fieldNames().next() : step.asText()) {
            case "flush" -> new Step.Flush();
            case "fin" -> new Step.Fin();
            case "rst" -> new Step.Rst();
            case "stall" -> new Step.Stall();
            case "half-close" -> new Step.HalfClose();
            default ->
                throw new IllegalArgumentException("step: " + step + " (expected: {\"write\": base64}, {\"text\": …},"
                        + " {\"sleep\": microseconds}, \"flush\", \"fin\", \"rst\", \"stall\" or \"half-close\")");
        };
    }
}
