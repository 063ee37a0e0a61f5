package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Endpoint;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.json.JsonDocument;
import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonNode;
import com.keeptrusts.gateway.json.JsonRefusal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client's body, read once: the members that the gateway must understand, and the index of all others.
 *
 * @param bytes as the client sent them, inflated
 * @param messages number of messages, or of prompts
 * @param maxTokens the most tokens asked for, or 0 when the request does not say
 */
record ModelRequest(
        Endpoint endpoint,
        Bytes bytes,
        JsonNode root,
        String model,
        boolean stream,
        boolean includeUsage,
        int messages,
        long maxTokens,
        @Nullable String user) {

    private static final Pattern SAFE_PATH = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,200}");

    /** Throws {@link Refused} for what is no request, without quoting it. */
    static ModelRequest read(Endpoint endpoint, byte[] bytes) {
        JsonNode root = parse(bytes);
        if (root.kind() != JsonKind.OBJECT) {
            throw Refused.of(ErrorCode.INVALID_TYPE, "request body: (expected: a JSON object)");
        }
        JsonNode texts = switch (endpoint) {
            case CHAT_COMPLETIONS -> required(root, "messages", JsonKind.ARRAY, "an array");
            case COMPLETIONS -> prompt(root);
        };
        String user = optionalText(root, "user");
        return new ModelRequest(
                endpoint,
                Bytes.owning(bytes),
                root,
                required(root, "model", JsonKind.STRING, "a string").text(),
                flag(root, "stream"),
                includesUsage(root),
                count(texts),
                maxTokens(root),
                user);
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            return JsonDocument.parse(bytes).root();
        } catch (JsonRefusal e) {
            throw refused(e);
        }
    }

    private static Refused refused(JsonRefusal refusal) {
        return switch (refusal.reason()) {
            case INVALID ->
                Refused.of(ErrorCode.INVALID_JSON, "request body: not valid JSON at byte " + refusal.offset());
            case INVALID_UTF8 ->
                Refused.of(ErrorCode.INVALID_JSON, "request body: not valid UTF-8 at byte " + refusal.offset());
            case TOO_DEEP -> Refused.of(ErrorCode.INVALID_JSON, "request body: nested too deeply");
            case TOO_MANY_VALUES -> Refused.of(ErrorCode.INVALID_JSON, "request body: too many values");
            case DUPLICATE_NAME -> {
                String message = "request body: a member stands there twice, at byte " + refusal.offset();
                String path = refusal.path();
                yield SAFE_PATH.matcher(path).matches()
                        ? Refused.at(ErrorCode.DUPLICATE_FIELD, path, message)
                        : Refused.of(ErrorCode.DUPLICATE_FIELD, message);
            }
        };
    }

    private static JsonNode required(JsonNode root, String name, JsonKind kind, String expected) {
        JsonNode found = root.member(name);
        if (found == null || found.kind() != kind) {
            throw wrongType(name, expected);
        }
        return found;
    }

    private static JsonNode prompt(JsonNode root) {
        JsonNode found = root.member("prompt");
        if (found == null || (found.kind() != JsonKind.STRING && found.kind() != JsonKind.ARRAY)) {
            throw wrongType("prompt", "a string or an array");
        }
        return found;
    }

    private static @Nullable String optionalText(JsonNode root, String name) {
        JsonNode found = root.member(name);
        return found != null && found.kind() == JsonKind.STRING ? found.text() : null;
    }

    private static boolean flag(JsonNode object, String name) {
        JsonNode found = object.member(name);
        return switch (found == null ? JsonKind.NULL : found.kind()) {
            case NULL, FALSE -> false;
            case TRUE -> true;
            case OBJECT, ARRAY, STRING, NUMBER -> throw wrongType(name, "true or false");
        };
    }

    private static boolean includesUsage(JsonNode root) {
        JsonNode options = root.member("stream_options");
        return options != null && options.kind() == JsonKind.OBJECT && flag(options, "include_usage");
    }

    private static int count(JsonNode texts) {
        if (texts.kind() != JsonKind.ARRAY) {
            return 1;
        }
        int count = 0;
        for (JsonNode _ : texts.elements()) {
            count++;
        }
        return count;
    }

    private static long maxTokens(JsonNode root) {
        JsonNode limit = root.member("max_completion_tokens");
        JsonNode older = limit == null ? root.member("max_tokens") : limit;
        return older == null || older.kind() != JsonKind.NUMBER ? 0 : Math.max(0, older.asLong(0));
    }

    private static Refused wrongType(String name, String expected) {
        return Refused.at(ErrorCode.INVALID_TYPE, name, name + ": (expected: " + expected + ")");
    }
}
