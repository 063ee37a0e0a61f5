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

    private Labels() {}

    static boolean is(JsonMember member) {
        JsonNode value = member.value();
        return value.kind() == JsonKind.STRING
                && value.end() - value.start() <= LONGEST + 2
                && NAMES.contains(member.name())
                && hasForm(value.text());
    }

    /** Whether a string is too short, and of too few digits, to say anything of anybody. */
    static boolean isWord(JsonNode value) {
        if (value.kind() != JsonKind.STRING || value.end() - value.start() > LONGEST_WORD + 2) {
            return false;
        }
        String text = value.text();
        return hasForm(text) && text.chars().filter(Character::isDigit).count() <= MOST_DIGITS;
    }

    /** Whether a member's name says nothing but what its value is. */
    static boolean isName(String name) {
        return name.length() <= LONGEST_NAME && hasForm(name);
    }

    private static boolean hasForm(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && "0123456789_-.:/$".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
