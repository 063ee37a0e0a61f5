package com.keeptrusts.gateway.clients;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the application saw of one answer, in the terms that all clients share. Not thread-safe. */
final class Answer {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final List<Choice> choices = new ArrayList<>();
    private final ObjectNode more = NODES.objectNode();
    private int events;

    /** One choice, as far as it has come. */
    static final class Choice {
        private final StringBuilder text = new StringBuilder();
        private final List<StringBuilder> arguments = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final ArrayNode logprobs = NODES.arrayNode();
        private @Nullable String finish;

        void say(String more) {
            text.append(more);
        }

        void finish(String reason) {
            finish = reason;
        }

        void logprob(String token, double logprob) {
            logprobs.addArray().add(token).add(logprob);
        }

        void call(int index, String name, String more) {
            if (names.size() <= index) {
                names.add(name);
                arguments.add(new StringBuilder());
            }
            arguments.get(index).append(more);
        }

        private ObjectNode json() {
            ObjectNode json = NODES.objectNode().put("text", text.toString()).put("finish", finish);
            ArrayNode tools = json.putArray("tools");
            for (int at = 0; at < names.size(); at++) {
                tools.addObject()
                        .put("name", names.get(at))
                        .put("arguments", arguments.get(at).toString());
            }
            json.set("logprobs", logprobs);
            return json;
        }
    }

    Choice choice(int index) {
        while (choices.size() <= index) {
            choices.add(new Choice());
        }
        return choices.get(index);
    }

    int event() {
        return ++events;
    }

    void usage(long prompt, long completion) {
        more.putArray("usage").add(prompt).add(completion);
    }

    void error(String kind, @Nullable Integer status, @Nullable String code, String body) {
        more.putObject("error")
                .put("kind", kind)
                .put("status", status)
                .put("code", code)
                .put("body", body);
    }

    ObjectNode json() {
        ObjectNode json = NODES.objectNode().put("events", events);
        ArrayNode listed = json.putArray("choices");
        choices.forEach(choice -> listed.add(choice.json()));
        return json.setAll(more);
    }
}
