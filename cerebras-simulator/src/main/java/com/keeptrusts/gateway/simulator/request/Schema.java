package com.keeptrusts.gateway.simulator.request;

import static com.keeptrusts.gateway.simulator.request.Check.anything;
import static com.keeptrusts.gateway.simulator.request.Check.flag;
import static com.keeptrusts.gateway.simulator.request.Check.list;
import static com.keeptrusts.gateway.simulator.request.Check.map;
import static com.keeptrusts.gateway.simulator.request.Check.number;
import static com.keeptrusts.gateway.simulator.request.Check.object;
import static com.keeptrusts.gateway.simulator.request.Check.oneOf;
import static com.keeptrusts.gateway.simulator.request.Check.text;
import static com.keeptrusts.gateway.simulator.request.Check.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.keeptrusts.gateway.simulator.Persona;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The closed request schemas of both services: what is not listed is refused, as they do. */
public final class Schema {

    private static final int MANY = 1_000_000;
    private static final List<String> ROOT = List.of();
    private static final Check REASONING_FORMAT = oneOf("none", "parsed", "text_parsed", "raw", "hidden");

    /** The version of the rules that holds when a request names none. */
    public static final int STRICT_VERSION = 2;

    private final boolean ofCerebras;
    private final Check chat;
    private final Check textCompletion;

    private Schema(boolean ofCerebras) {
        this.ofCerebras = ofCerebras;
        var shared = new HashMap<String, Check>();
        shared.put("model", text());
        shared.put("stream", flag());
        shared.put("max_tokens", whole(ofCerebras ? -1 : 1, Integer.MAX_VALUE));
        shared.put("temperature", number(0, 2));
        shared.put("top_p", number(0, 1));
        shared.put("n", whole(1, 128));
        shared.put("seed", whole(Long.MIN_VALUE, Long.MAX_VALUE));
        shared.put("stop", Check.when(JsonNode::isArray, list(0, 4, text()), text()));
        shared.put("frequency_penalty", number(-2, 2));
        shared.put("presence_penalty", number(-2, 2));
        shared.put("logit_bias", map());
        shared.put("user", text());
        shared.put(
                "stream_options",
                object(
                        ofCerebras
                                ? Map.of("include_usage", flag())
                                : Map.of("include_usage", flag(), "include_obfuscation", flag())));
        if (ofCerebras) {
            shared.put("min_tokens", whole(-1, Integer.MAX_VALUE));
        }
        shared.put(
                "prompt_cache_key",
                Check.that(
                        value -> value.isTextual() && value.textValue().length() <= 1024,
                        "Input should be a valid string of at most 1024 characters"));
        chat = withMessages(shared, ofCerebras);
        textCompletion = withPrompt(shared, ofCerebras);
    }

    /** The schema of a persona. */
    public static Schema of(Persona persona) {
        return new Schema(persona == Persona.CEREBRAS);
    }

    /**
     * Finds what does not fit.
     *
     * @param version of the rules, as {@code X-Cerebras-Version-Patch} asks for it
     */
    public @Nullable Violation check(Kind kind, JsonNode body, int version) {
        return switch (kind) {
            case CHAT -> {
                Violation found = chat.at(ROOT, body);
                yield found != null ? found : acrossMembers(body, version);
            }
            case TEXT -> textCompletion.at(ROOT, body);
        };
    }

    private @Nullable Violation acrossMembers(JsonNode body, int version) {
        if (body.hasNonNull("top_logprobs") && !body.path("logprobs").asBoolean()) {
            return Violation.of(List.of("top_logprobs"), "logprobs must be set to true if this parameter is used");
        }
        if (ofCerebras && version < STRICT_VERSION) {
            return null;
        }
        Violation found = StrictRules.ofTools(body);
        return found == null && ofCerebras ? StrictRules.ofSchema(body) : found;
    }

    private static Check withMessages(Map<String, Check> shared, boolean ofCerebras) {
        var members = new HashMap<>(shared);
        members.put("messages", list(1, MANY, new MessageSchema(ofCerebras)::message));
        members.put("max_completion_tokens", whole(ofCerebras ? -1 : 1, Integer.MAX_VALUE));
        members.put("logprobs", flag());
        members.put("top_logprobs", whole(0, 20));
        members.put("tools", list(0, 128, ToolSchema.TOOL));
        members.put("tool_choice", ToolSchema.CHOICE);
        members.put("parallel_tool_calls", flag());
        members.put("response_format", ToolSchema.responseFormat());
        members.put(
                "prediction",
                object(Map.of("type", oneOf("content"), "content", MessageSchema.TEXTS), "type", "content"));
        members.putAll(ofCerebras ? ofCerebrasOnly() : ofOpenAiOnly());
        return object(members, "model", "messages");
    }

    private static Map<String, Check> ofCerebrasOnly() {
        return Map.of(
                "min_completion_tokens", whole(-1, Integer.MAX_VALUE),
                "model_parameters", map(),
                "service_tier", oneOf("auto", "default", "flex", "priority"),
                "reasoning_effort", oneOf("none", "low", "medium", "high"),
                "reasoning_format", REASONING_FORMAT,
                "reasoning_logprobs", flag(),
                "clear_thinking", flag(),
                "disable_reasoning", flag());
    }

    private static Map<String, Check> ofOpenAiOnly() {
        var members = new HashMap<String, Check>();
        for (String name : List.of(
                "audio",
                "function_call",
                "functions",
                "metadata",
                "modalities",
                "moderation",
                "prompt_cache_options",
                "prompt_cache_retention",
                "safety_identifier",
                "store",
                "verbosity",
                "web_search_options")) {
            members.put(name, anything());
        }
        members.put("service_tier", oneOf("auto", "default", "flex", "scale", "priority"));
        members.put("reasoning_effort", oneOf("none", "minimal", "low", "medium", "high", "xhigh"));
        return members;
    }

    private static Check withPrompt(Map<String, Check> shared, boolean ofCerebras) {
        var members = new HashMap<>(shared);
        members.put("prompt", Check.when(JsonNode::isArray, list(1, MANY, anything()), text()));
        members.put("echo", flag());
        members.put("suffix", text());
        members.put("best_of", whole(0, 20));
        members.put("logprobs", whole(0, 20));
        if (ofCerebras) {
            members.put("grammar_root", text());
            members.put("reasoning_format", REASONING_FORMAT);
            members.put("return_raw_tokens", flag());
        }
        return object(members, "model", "prompt");
    }
}
