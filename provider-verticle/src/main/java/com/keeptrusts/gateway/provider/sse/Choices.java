package com.keeptrusts.gateway.provider.sse;

import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonMember;
import com.keeptrusts.gateway.json.JsonNode;
import org.jspecify.annotations.Nullable;

/** The members of a choice, streamed or not. */
final class Choices {

    private Choices() {}

    static int index(JsonNode choice, int fallback) {
        JsonNode index = choice.member("index");
        return index == null ? fallback : (int) index.asLong(fallback);
    }

    /** The finish reason, or empty text while there is none. */
    static String finishReason(JsonNode choice) {
        JsonNode reason = choice.member("finish_reason");
        return reason != null && reason.kind() == JsonKind.STRING ? reason.text() : "";
    }

    /** Whether a piece says more than who speaks. */
    static boolean isMeaningful(JsonNode choice) {
        if (!finishReason(choice).isEmpty() || says(choice.member("text"))) {
            return true;
        }
        JsonNode delta = choice.member("delta");
        if (delta == null || delta.kind() != JsonKind.OBJECT) {
            return false;
        }
        for (JsonMember member : delta.members()) {
            if (!member.name().equals("role") && says(member.value())) {
                return true;
            }
        }
        return false;
    }

    private static boolean says(@Nullable JsonNode value) {
        return value != null
                && switch (value.kind()) {
                    case NULL -> false;
                    case STRING -> value.end() - value.start() > 2;
                    case ARRAY -> value.elements().iterator().hasNext();
                    case OBJECT -> value.members().iterator().hasNext();
                    case NUMBER, TRUE, FALSE -> true;
                };
    }
}
