package com.keeptrusts.gateway.policy.pii;

import com.keeptrusts.gateway.contract.Channel;

/**
 * Fits replacements into the arguments of tool calls, which are JSON: inside a string the marker is escaped, and where a
 * bare number stood the marker gets quotes. Follows one text from left to right; other channels are left alone.
 */
final class JsonPlaces {

    private final boolean json;
    private boolean inString;
    private boolean escaped;

    JsonPlaces(Channel channel) {
        json = channel == Channel.TOOL_ARGUMENTS;
    }

    /** Reads on; every character must be read once, those that are replaced too. */
    void follow(CharSequence text) {
        for (int i = 0; json && i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = inString;
            } else if (c == '"') {
                inString = !inString;
            }
        }
    }

    /** The replacement as it must stand where the text was followed to. */
    String fit(String replacement, boolean continuation) {
        if (!json) {
            return replacement;
        }
        var fitted = new StringBuilder(replacement.length() + 2);
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            if (c == '"' || c == '\\') {
                fitted.append('\\').append(c);
            } else {
                fitted.append(c < ' ' ? ' ' : c);
            }
        }
        return inString || continuation ? fitted.toString() : "\"" + fitted + "\"";
    }
}
