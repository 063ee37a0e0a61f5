package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Endpoint;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonMember;
import com.keeptrusts.gateway.json.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Every text of a request that a model could read (WIRE R9). What is not known is text: a string leaf is left out only
 * where it is known to be a switch, an id, or media.
 */
final class RequestTexts {

    private static final Set<String> SWITCHES = Set.of(
            "model",
            "stream",
            "stream_options",
            "service_tier",
            "reasoning_effort",
            "reasoning_format",
            "verbosity",
            "modalities",
            "tool_choice",
            "function_call",
            "prompt_cache_retention");
    private static final Set<String> NOT_SAID =
            Set.of("role", "type", "id", "tool_call_id", "index", "detail", "format");
    private static final Set<String> MEDIA = Set.of("image_url", "image", "input_audio", "file");
    private static final Set<String> SCHEMA_WORDS = Set.of(
            "type",
            "function",
            "name",
            "description",
            "parameters",
            "properties",
            "required",
            "items",
            "enum",
            "strict",
            "additionalProperties",
            "$defs",
            "$ref",
            "anyOf",
            "oneOf",
            "allOf",
            "format",
            "default",
            "title",
            "minimum",
            "maximum",
            "const",
            "examples",
            "pattern",
            "json_schema",
            "schema");
    private static final int LONGEST_NAME = 64;

    private final byte[] bytes;
    private final List<RequestText> texts = new ArrayList<>();
    private int message = -1;
    private int mediaSkipped;

    private RequestTexts(byte[] bytes) {
        this.bytes = bytes;
    }

    static RequestTexts of(ModelRequest request) {
        var found = new RequestTexts(request.bytes().array());
        for (JsonMember member : request.root().members()) {
            found.topLevel(request.endpoint(), member);
        }
        return found;
    }

    List<RequestText> texts() {
        return texts;
    }

    /** Images and sounds, which no text policy reads. */
    int mediaSkipped() {
        return mediaSkipped;
    }

    private void topLevel(Endpoint endpoint, JsonMember member) {
        JsonNode value = member.value();
        switch (member.name()) {
            case "messages" -> messages(value);
            case "prompt" -> {
                refuseTokens(endpoint, value);
                leaves(value, Channel.USER, "prompt");
            }
            case "suffix" -> leaves(value, Channel.USER, "suffix");
            case "prediction" -> leaves(value, Channel.PREDICTION, "prediction");
            case "tools", "functions", "response_format" -> leaves(value, Channel.TOOL_DEFINITION, member.name());
            default -> {
                if (!SWITCHES.contains(member.name())) {
                    leaves(value, Channel.METADATA, shown(member));
                }
            }
        }
    }

    private void messages(JsonNode messages) {
        if (messages.kind() != JsonKind.ARRAY) {
            leaves(messages, Channel.USER, "messages");
            return;
        }
        for (JsonNode one : messages.elements()) {
            message++;
            message(one, "messages[" + message + "]");
        }
        message = -1;
    }

    private void message(JsonNode one, String place) {
        if (one.kind() != JsonKind.OBJECT) {
            leaves(one, Channel.USER, place);
            return;
        }
        Channel speaker = speaker(one);
        for (JsonMember member : one.members()) {
            switch (member.name()) {
                case "tool_calls" -> calls(member.value(), place + ".tool_calls");
                case "function_call" -> function(member.value(), place + ".function_call");
                case "reasoning", "reasoning_content" -> member(member, Channel.REASONING, place);
                case "refusal" -> member(member, Channel.REFUSAL, place);
                case "name" -> leaves(member.value(), Channel.METADATA, place + ".name");
                default -> member(member, speaker, place);
            }
        }
    }

    private void calls(JsonNode calls, String place) {
        if (calls.kind() != JsonKind.ARRAY) {
            leaves(calls, Channel.TOOL_ARGUMENTS, place);
            return;
        }
        int index = 0;
        for (JsonNode call : calls.elements()) {
            call(call, place + '[' + index++ + ']');
        }
    }

    private void call(JsonNode call, String place) {
        if (call.kind() != JsonKind.OBJECT) {
            leaves(call, Channel.TOOL_ARGUMENTS, place);
            return;
        }
        for (JsonMember member : call.members()) {
            if (member.name().equals("function")) {
                function(member.value(), place + ".function");
            } else {
                member(member, Channel.TOOL_ARGUMENTS, place);
            }
        }
    }

    /** The name is a label, as in answers; it is not JSON inside a string, as arguments are. */
    private void function(JsonNode function, String place) {
        if (function.kind() != JsonKind.OBJECT) {
            leaves(function, Channel.TOOL_ARGUMENTS, place);
            return;
        }
        for (JsonMember member : function.members()) {
            if (member.name().equals("name")) {
                leaves(member.value(), Channel.METADATA, place + ".name");
            } else {
                member(member, Channel.TOOL_ARGUMENTS, place);
            }
        }
    }

    private static Channel speaker(JsonNode one) {
        JsonNode role = one.member("role");
        return switch (role == null || role.kind() != JsonKind.STRING ? "" : role.text()) {
            case "system" -> Channel.SYSTEM;
            case "developer" -> Channel.DEVELOPER;
            case "assistant" -> Channel.ASSISTANT;
            case "tool", "function" -> Channel.TOOL;
            default -> Channel.USER;
        };
    }

    private void member(JsonMember member, Channel channel, String parent) {
        JsonNode value = member.value();
        String place = parent + '.' + shown(member);
        boolean named = channel == Channel.METADATA
                || (channel == Channel.TOOL_DEFINITION && !SCHEMA_WORDS.contains(member.name()));
        if (named) { // the sender chose the name, so it may say something
            add(member.nameStart(), endOfLiteral(member.nameStart()), member.name(), channel, place);
        }
        if (channel == Channel.METADATA) { // a label may have any name, so none of them is known to say nothing
            leaves(value, channel, place);
        } else if (MEDIA.contains(member.name())) {
            media(value, channel, place, member.name().equals("input_audio"));
        } else if (value.kind() != JsonKind.STRING || !NOT_SAID.contains(member.name())) {
            leaves(value, channel, place);
        }
    }

    private void leaves(JsonNode value, Channel channel, String place) {
        switch (value.kind()) {
            case STRING -> add(value, value.text(), channel, place);
            case ARRAY -> {
                int index = 0;
                for (JsonNode element : value.elements()) {
                    leaves(element, channel, place + '[' + index++ + ']');
                }
            }
            case OBJECT -> value.members().forEach(member -> member(member, channel, place));
            case NUMBER, TRUE, FALSE, NULL -> {}
        }
    }

    /** Media by value is no text; a reference to it is, for it can say anything. */
    private void media(JsonNode value, Channel channel, String place, boolean sound) {
        switch (value.kind()) {
            case STRING -> {
                String text = value.text();
                if (text.regionMatches(true, 0, "data:", 0, 5)) {
                    mediaSkipped++;
                } else {
                    add(value, text, channel, place);
                }
            }
            case OBJECT -> value.members().forEach(member -> mediaMember(member, channel, place, sound));
            case ARRAY -> value.elements().forEach(element -> media(element, channel, place, sound));
            case NUMBER, TRUE, FALSE, NULL -> {}
        }
    }

    private void mediaMember(JsonMember member, Channel channel, String place, boolean sound) {
        boolean said = member.value().kind() != JsonKind.STRING || !NOT_SAID.contains(member.name());
        if (sound && member.name().equals("data") && member.value().kind() == JsonKind.STRING) {
            mediaSkipped++;
        } else if (said) {
            media(member.value(), channel, place + '.' + shown(member), sound);
        }
    }

    private void add(JsonNode value, String text, Channel channel, String place) {
        add(value.start(), value.end(), text, channel, place);
    }

    private void add(int start, int end, String text, Channel channel, String place) {
        var part = new TextPart(texts.size(), message, channel, place, new UserText(text));
        texts.add(new RequestText(part, start, end));
    }

    private int endOfLiteral(int start) {
        int at = start + 1;
        while (bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static String shown(JsonMember member) {
        String name = member.name();
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    /** Tokens are text that no policy here can read. */
    private static void refuseTokens(Endpoint endpoint, JsonNode prompt) {
        if (endpoint != Endpoint.COMPLETIONS || prompt.kind() != JsonKind.ARRAY) {
            return;
        }
        for (JsonNode one : prompt.elements()) {
            if (one.kind() != JsonKind.STRING) {
                throw Refused.at(
                        ErrorCode.UNSUPPORTED_CONTENT,
                        "prompt",
                        "prompt: token arrays cannot be reviewed (expected: a string or an array of strings)");
            }
        }
    }
}
