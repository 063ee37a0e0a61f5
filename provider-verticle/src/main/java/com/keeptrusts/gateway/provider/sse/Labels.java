package com.keeptrusts.gateway.provider.sse;

import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonMember;
import com.keeptrusts.gateway.json.JsonNode;
import java.util.Set;

/**
 * Tells labels from texts: ids, kinds and names of models, which say nothing of what was asked and stand in every event
 * anew. A label has a known name and the form of one, else it is a text.
 */
final class Labels {

    private static final int LONGEST = 128;

    private static final int LONGEST_WORD = 32;
    private static final int MOST_DIGITS = 4;

    /** A member with another name may say something by it. */
    private static final int LONGEST_NAME = 64;

    private static final Set<String> NAMES = Set.of(
            "id",
            "object",
            "model",
            "provider",
            "system_fingerprint",
            "service_tier",
            "obfuscation",
            "role",
            "type",
            "format",
            "status",
            "index",
            "finish_reason",
            "native_finish_reason",
            "stop_reason",
            "tool_call_id");

    private static final boolean[] PLAIN = new boolean[128];

    static {
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:/$"
                .chars()
                .forEach(c -> PLAIN[c] = true);
    }

    private Labels() {}

    /** Whether a member of a document, whose bytes these are, is a label. */
    static boolean is(byte[] bytes, JsonMember member) {
        JsonNode value = member.value();
        return value.kind() == JsonKind.STRING
                && value.end() - value.start() <= LONGEST + 2
                && NAMES.contains(member.name())
                && hasForm(bytes, value);
    }

    /** Whether a string is too short, and of too few digits, to say anything of anybody. */
    static boolean isWord(byte[] bytes, JsonNode value) {
        return value.kind() == JsonKind.STRING
                && value.end() - value.start() <= LONGEST_WORD + 2
                && hasForm(bytes, value)
                && value.text().chars().filter(Character::isDigit).count() <= MOST_DIGITS;
    }

    /** Whether a member's name says nothing but what its value is. */
    static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isPlain(name.charAt(i))) {
                return false;
            }
        }
        return name.length() <= LONGEST_NAME;
    }

    /** A string with an escape has not. */
    private static boolean hasForm(byte[] bytes, JsonNode value) {
        for (int at = value.start() + 1; at < value.end() - 1; at++) {
            if (!isPlain(bytes[at])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int c) {
        return c >= 0 && c < PLAIN.length && PLAIN[c];
    }
}
