package com.keeptrusts.gateway.simulator.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.keeptrusts.gateway.simulator.answer.Json;
import com.keeptrusts.gateway.simulator.answer.PreparedAnswers;
import com.keeptrusts.gateway.simulator.fault.FaultRules;
import com.keeptrusts.gateway.simulator.observe.RecordedRequest;
import com.keeptrusts.gateway.simulator.request.Options;
import com.keeptrusts.gateway.simulator.script.Script;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The endpoints below {@code /__sim/}: what is to happen, and what has happened. */
final class ControlEndpoint {

    static final String PREFIX = "/__sim/";

    private static final long BEFORE_OUTAGE_MILLIS = 50;

    private final World world;

    ControlEndpoint(World world) {
        this.world = world;
    }

    void handle(HttpServerRequest request, Buffer body) {
        try {
            String answer =
                    answer(request.method().name() + " " + request.path().substring(PREFIX.length()), body);
            if (answer == null) {
                reply(request, 404, Json.write(Map.of("simulator", request.path() + ": no such control")));
            } else {
                reply(request, 200, answer);
            }
        } catch (IllegalArgumentException | IOException e) {
            reply(request, 400, Json.write(Map.of("simulator", String.valueOf(e.getMessage()))));
        }
    }

    private static void reply(HttpServerRequest request, int status, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body);
    }

    private @Nullable String answer(String route, Buffer body) throws IOException {
        if (route.startsWith("PUT scripts/")) {
            world.scripts()
                    .put(route.substring("PUT scripts/".length()), Script.of(Json.MAPPER.readTree(body.getBytes())));
            return "{}";
        }
        if (route.startsWith("DELETE scripts/")) {
            world.scripts().remove(route.substring("DELETE scripts/".length()));
            return "{}";
        }
        switch (route) {
            case "GET requests" -> {
                return requests();
            }
            case "DELETE requests" -> world.journal().clear();
            case "GET counters" -> {
                return counters();
            }
            case "DELETE counters" -> {
                world.counters().reset();
                world.lag().reset();
            }
            case "GET settings" -> {
                return Json.write(world.options().get().values());
            }
            case "GET scripts" -> {
                return Json.write(world.scripts().ids());
            }
            case "DELETE scripts" -> world.scripts().clear();
            case "PUT outage" -> outage(Json.MAPPER.readTree(body.getBytes()));
            case "DELETE limits" -> world.rates().reset();
            case "PUT settings" -> world.options().set(Options.ofJson(Json.MAPPER.readTree(body.getBytes())));
            case "DELETE settings" -> world.options().set(world.settings().options());
            case "PUT faults" -> world.faults().set(each(body, ControlEndpoint::faultRule));
            case "DELETE faults" -> world.faults().set(List.of());
            case "PUT answers" -> world.answers().set(each(body, ControlEndpoint::answerRule));
            case "DELETE answers" -> world.answers().set(List.of());
            default -> {
                return null;
            }
        }
        return "{}";
    }

    /** Begins after this answer has left, since its own connection breaks with the others. */
    private void outage(JsonNode document) {
        Duration time = Duration.ofMillis(document.path("ms").asLong(1000));
        Vertx.currentContext()
                .owner()
                .setTimer(BEFORE_OUTAGE_MILLIS, _ -> world.outage().begin(time));
    }

    private static <T> List<T> each(Buffer body, Function<ObjectNode, T> reader) throws IOException {
        JsonNode document = Json.MAPPER.readTree(body.getBytes());
        var found = new ArrayList<T>();
        for (JsonNode item :
                document.isArray() ? document : Json.MAPPER.createArrayNode().add(document)) {
            if (!(item instanceof ObjectNode object)) {
                throw new IllegalArgumentException("rule: " + item.getNodeType() + " (expected: an object)");
            }
            found.add(reader.apply(object));
        }
        return found;
    }

    private static FaultRules.Rule faultRule(ObjectNode rule) {
        Options options = Options.ofJson(rule.deepCopy().remove(List.of("model", "probability", "dice", "times")));
        return new FaultRules.Rule(
                rule.path("model").textValue(),
                rule.path("probability").asDouble(1),
                rule.path("dice").asLong(0),
                rule.path("times").asInt(Integer.MAX_VALUE),
                options);
    }

    private static PreparedAnswers.Rule answerRule(ObjectNode rule) {
        if (!rule.path("text").isTextual()) {
            throw new IllegalArgumentException("text: absent (expected: what the model is to say)");
        }
        return new PreparedAnswers.Rule(
                rule.path("model").textValue(),
                rule.path("when").asText(),
                rule.path("text").textValue(),
                rule.path("times").asInt(Integer.MAX_VALUE));
    }

    private String requests() throws JsonProcessingException {
        var list = Json.MAPPER.createArrayNode();
        world.journal().all().forEach(request -> list.add(described(request)));
        return Json.MAPPER.writeValueAsString(list);
    }

    private static ObjectNode described(RecordedRequest request) {
        var node = Json.MAPPER
                .createObjectNode()
                .put("number", request.number())
                .put("at", request.at().toString())
                .put("method", request.method())
                .put("uri", request.uri())
                .put("version", request.version());
        var headers = node.putArray("headers");
        request.headers()
                .forEach(header -> headers.addArray().add(header.name()).add(header.value()));
        return node.put(
                "body", Base64.getEncoder().encodeToString(request.body().getBytes()));
    }

    private String counters() {
        ObjectNode node = Json.MAPPER.valueToTree(world.counters().snapshot());
        node.set("lag", Json.MAPPER.valueToTree(world.lag().snapshot()));
        return Json.write(node);
    }
}
