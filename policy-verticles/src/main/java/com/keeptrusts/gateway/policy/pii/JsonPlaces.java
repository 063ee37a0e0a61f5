package com.keeptrusts.gateway.policy.pii;

import com.keeptrusts.gateway.contract.Channel;

/**
 * Fits replacements into the arguments of tool calls, which are JSON: inside a string the marker is escaped and takes no
 * half of an escape away, and where a bare number stood it gets quotes. Follows one text from left to right; other
 * channels are left alone.
 */
final class JsonPlaces {

    private static final int PLAIN = 0;
    private static final int BACKSLASH = 1;
    private static final int HEX_DIGITS = 4;

    private final boolean json;
    private boolean inString;
    /** {@link #PLAIN}, {@link #BACKSLASH}, or one more than the hexadecimal digits that are still to come. */
    private int escape = PLAIN;

    JsonPlaces(Channel channel) {
        json = channel == Channel.TOOL_ARGUMENTS;
    }

    /**
     * Reads on; every character must be read once, those that are replaced too.
     *
     * @return how many characters at the end belong to an escape that goes on behind the text
     */
    int follow(CharSequence text) {
        int escapeStart = 0;
        for (int i = 0; json && i < text.length(); i++) {
            int before = escape;
            step(text.charAt(i));
            if (before == PLAIN && escape != PLAIN) {
                escapeStart = i;
            }
        }
        return escape == PLAIN ? 0 : text.length() - escapeStart;
    }

    /** How many characters at the beginning of what comes next end an escape that began before. */
    int remainder(CharSequence text) {
        int left = escape == BACKSLASH ? (text.length() > 0 && text.charAt(0) == 'u' ? 1 + HEX_DIGITS : 1) : escape - 1;
        return Math.clamp(left, 0, text.length());
    }

    private void step(char c) {
        if (escape == BACKSLASH) {
            escape = c == 'u' ? 1 + HEX_DIGITS : PLAIN;
        } else if (escape > BACKSLASH && Chars.hex(c)) {
            escape = escape == BACKSLASH + 1 ? PLAIN : escape - 1;
        } else if (c == '\\' && inString) {
            escape = BACKSLASH;
        } else {
            escape = PLAIN;
            inString ^= c == '"';
        }
    }

    /** Whether a string goes on where the text was followed to. */
    boolean inString() {
        return inString;
    }

    /**
     * The replacement as it must stand.
     *
     * @param within whether it stands inside of a string
     */
    String fit(String replacement, boolean within) {
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
        return within ? fitted.toString() : "\"" + fitted + "\"";
    }
}
