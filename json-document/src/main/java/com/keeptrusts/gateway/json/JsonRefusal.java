package com.keeptrusts.gateway.json;

import java.util.Locale;

/**
 * Bytes that are not the strict JSON asked for. The message holds the reason and the place, never content; the path
 * does hold member names and is for the sender of the document, not for logs.
 */
public final class JsonRefusal extends RuntimeException {

    /** Why a document is refused. */
    public enum Reason {
        INVALID,
        INVALID_UTF8,
        DUPLICATE_NAME,
        TOO_DEEP,
        TOO_MANY_VALUES
    }

    private final Reason reason;
    private final int offset;
    private final String path;

    JsonRefusal(Reason reason, int offset, String path) {
        // An expected outcome for hostile input: a stack trace would only make it dear.
        super("json: " + reason.name().toLowerCase(Locale.ROOT) + " at byte " + offset, null, false, false);
        this.reason = reason;
        this.offset = offset;
        this.path = path;
    }

    static JsonRefusal invalid(int offset) {
        return new JsonRefusal(Reason.INVALID, offset, "");
    }

    static JsonRefusal invalidUtf8(int offset) {
        return new JsonRefusal(Reason.INVALID_UTF8, offset, "");
    }

    public Reason reason() {
        return reason;
    }

    /** The offset in the parsed array at which the refusal was certain. */
    public int offset() {
        return offset;
    }

    /** Where in the document, as in {@code messages[2].content}; empty for the root. */
    public String path() {
        return path;
    }
}
