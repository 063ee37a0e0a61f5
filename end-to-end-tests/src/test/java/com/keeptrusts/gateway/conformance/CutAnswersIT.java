package com.keeptrusts.gateway.conformance;

import static com.keeptrusts.gateway.conformance.Chats.DONE;
import static com.keeptrusts.gateway.conformance.Chats.finish;
import static com.keeptrusts.gateway.conformance.GatewayUnderTest.steps;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.simulator.script.Script;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams through the whole gateway, cut at random, say what the whole answer says once it is redacted: over HTTP, the
 * bus, the policy worker and the splicing of events. What a scanner does at every cut is tested beside the scanner.
 */
class CutAnswersIT {

    @RegisterExtension
    static final GatewayUnderTest GATEWAY = GatewayUnderTest.with("""
            pack: {name: cut-answers, version: 0.1.0}
            policies: {chain: [pii-detector, audit-logger]}
            policy: {pii-detector: {restore: true}}
            providers:
              targets: [{id: upstream, provider: cerebras}]
              retry: {max_retries: 0}
              circuit_breaker: {failure_threshold: 10000}
            """);

    private static final List<String> FIELDS = List.of("content", "reasoning", "refusal");

    private static final List<String> WORDS = List.of(
            "write to",
            "ann.lee@example.org",
            "bob@",
            "@example.org",
            "call",
            "+44 20 7946 0958",
            "4012 8888 8888 1881",
            "SSN 512-73-4057",
            "8.8.4.4",
            "DE89370400440532013000",
            "password: hunter2xyz!",
            "\"quoted\"",
            "back\\slash",
            "line\nbreak",
            "😀",
            "é",
            "数字",
            "2026-04-01",
            "v2.3.40",
            "the",
            "of",
            ",",
            ".",
            "(",
            ")",
            "12345",
            "a@b.example",
            "[EMAIL_1]",
            "[EMAIL_2",
            "[email_1]");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 20})
    void s12_howeverAnAnswerIsCutItSaysTheRedactedWhole(int longest) throws Exception {
        var random = new Random(longest);
        for (int i = 0; i < 60; i++) {
            Map<String, String> said = said(random);
            JsonObject whole = new JsonObject(
                            GATEWAY.chat(asking(false), answeredBy(whole(said))).body())
                    .getJsonArray("choices")
                    .getJsonObject(0)
                    .getJsonObject("message");

            String stream = GATEWAY.chat(asking(true), answeredBy(cut(said, longest, random)))
                    .body();

            Map<String, String> heard = heard(stream);
            for (String field : FIELDS) {
                assertThat(heard.get(field)).as("%s of %s", field, said).isEqualTo(whole.getString(field));
            }
            assertThat(heard.get("arguments"))
                    .as("arguments of %s", said)
                    .isEqualTo(function(whole).getString("arguments"));
            assertThat(new JsonObject(requireNonNull(heard.get("arguments"))).fieldNames())
                    .containsExactly("text");
            assertThat(stream).endsWith(DONE);
        }
    }

    @Test
    void s12_aNumberedMarkerIsPutBackWhereverItIsCut() throws Exception {
        String marker = "to [EMAIL_1]!";
        for (int cut = 0; cut <= marker.length(); cut++) {
            List<String> events = new ArrayList<>();
            for (String piece : List.of(marker.substring(0, cut), marker.substring(cut))) {
                for (String field : FIELDS) {
                    events.add(event(new JsonObject().put(field, piece)));
                }
                events.add(event(call(new JsonObject().put("arguments", piece))));
            }

            Map<String, String> heard =
                    heard(GATEWAY.chat(asking(true), answeredBy(events)).body());

            assertThat(heard).containsOnlyKeys("content", "reasoning", "refusal", "arguments");
            assertThat(heard.values()).as("cut at %d", cut).containsOnly("to cora@example.org!");
        }
        assertThat(GATEWAY.forwarded().body().toString()).contains("[EMAIL_1]").doesNotContain("cora@");
    }

    private static String asking(boolean stream) {
        return (stream ? Chats.streamedSaying("I am cora@example.org") : Chats.saying("I am cora@example.org"));
    }

    private static String[] answeredBy(String json) {
        return GATEWAY.play(new Script(false, 200, "application/json", List.of(Script.write(json))));
    }

    private static String[] answeredBy(List<String> events) {
        List<String> all = new ArrayList<>(events);
        all.add(finish());
        all.add(DONE);
        return GATEWAY.play(Script.body(steps(String.join("", all))));
    }

    private static Map<String, String> said(Random random) {
        Map<String, String> said = new HashMap<>();
        FIELDS.forEach(field -> said.put(field, text(random)));
        said.put("arguments", new JsonObject().put("text", text(random)).encode());
        return said;
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = 1 + random.nextInt(10); i > 0; i--) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(random.nextInt(4) == 0 ? "" : " ");
        }
        return text.toString();
    }

    private static String whole(Map<String, String> said) {
        JsonObject message = call(new JsonObject().put("name", "f").put("arguments", said.get("arguments")));
        FIELDS.forEach(field -> message.put(field, said.get(field)));
        return new JsonObject()
                .put(
                        "choices",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("index", 0)
                                        .put("message", message)
                                        .put("finish_reason", "stop")))
                .encode();
    }

    /** The texts in turns, each in its own pieces; a pair of surrogates stays together. */
    private static List<String> cut(Map<String, String> said, int longest, Random random) {
        Map<String, Integer> at = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(said.keySet());
        List<String> events = new ArrayList<>();
        while (!open.isEmpty()) {
            String field = open.remove();
            String text = requireNonNull(said.get(field));
            int from = at.getOrDefault(field, 0);
            int to = Math.min(text.length(), from + 1 + random.nextInt(longest));
            to = to < text.length() && Character.isLowSurrogate(text.charAt(to)) ? to + 1 : to;
            String piece = text.substring(from, to);
            events.add(event(
                    field.equals("arguments")
                            ? call(new JsonObject().put("arguments", piece))
                            : new JsonObject().put(field, piece)));
            at.put(field, to);
            if (to < text.length()) {
                open.add(field);
            }
        }
        return events;
    }

    private static JsonObject call(JsonObject function) {
        return new JsonObject()
                .put(
                        "tool_calls",
                        new JsonArray().add(new JsonObject().put("index", 0).put("function", function)));
    }

    private static JsonObject function(JsonObject speaker) {
        return speaker.getJsonArray("tool_calls").getJsonObject(0).getJsonObject("function");
    }

    private static String event(JsonObject delta) {
        var choice = new JsonObject().put("index", 0).put("delta", delta);
        return "data: "
                + new JsonObject().put("choices", new JsonArray().add(choice)).encode() + "\n\n";
    }

    private static Map<String, String> heard(String stream) {
        Map<String, String> heard = new HashMap<>();
        for (String event : stream.split("\n\n", -1)) {
            if (!event.startsWith("data: {")) {
                continue;
            }
            JsonObject delta = new JsonObject(event.substring("data: ".length()))
                    .getJsonArray("choices")
                    .getJsonObject(0)
                    .getJsonObject("delta");
            for (String field : FIELDS) {
                if (delta.containsKey(field)) {
                    heard.merge(field, delta.getString(field), String::concat);
                }
            }
            if (delta.containsKey("tool_calls")) {
                heard.merge("arguments", function(delta).getString("arguments"), String::concat);
            }
        }
        return heard;
    }
}
