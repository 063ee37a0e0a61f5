package com.keeptrusts.gateway.simulator.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first place at which a request does not fit the schema. A segment that begins with {@code @} names a role. */
public record Violation(
        List<String> path,
        boolean unknownProperty,
        @Nullable String complaint) {

    static Violation unknown(List<String> path) {
        return new Violation(path, true, null);
    }

    static Violation of(List<String> path, String complaint) {
        return new Violation(path, false, complaint);
    }

    /** As Cerebras writes it: {@code messages.2.assistant.reasoning_content}. */
    public String dotted() {
        return String.join(".", path).replace("@", "");
    }

    /** As OpenAI writes it: {@code messages[2].reasoning_content}. */
    public String bracketed() {
        var text = new StringBuilder();
        for (String segment : path) {
            if (segment.chars().allMatch(Character::isDigit)) {
                text.append('[').append(segment).append(']');
            } else if (!segment.startsWith("@")) {
                text.append(text.isEmpty() ? "" : ".").append(segment);
            }
        }
        return text.toString();
    }
}
