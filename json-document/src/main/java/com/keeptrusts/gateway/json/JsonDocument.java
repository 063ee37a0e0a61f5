package com.keeptrusts.gateway.json;

import java.util.Objects;

/**
 * A strictly checked JSON text and what stands where in it. The bytes are neither copied nor changed and must not
 * change while the document is in use; strings are decoded only when asked for. May be shared between threads.
 */
public final class JsonDocument {

    private final byte[] bytes;
    private final Tape tape;

    private JsonDocument(byte[] bytes, Tape tape) {
        this.bytes = bytes;
        this.tape = tape;
    }

    /**
     * Reads a whole array within {@link JsonLimits#DEFAULT}.
     *
     * @throws JsonRefusal if it holds anything but one JSON text
     */
    public static JsonDocument parse(byte[] bytes) {
        return parse(bytes, 0, bytes.length, JsonLimits.DEFAULT);
    }

    /**
     * Reads the bytes from {@code start} to {@code end}.
     *
     * @throws JsonRefusal if they are anything but one JSON text within the limits
     */
    public static JsonDocument parse(byte[] bytes, int start, int end, JsonLimits limits) {
        Objects.checkFromToIndex(start, end, bytes.length);
        return new JsonDocument(bytes, JsonScanner.scan(bytes, start, end, limits));
    }

    public JsonNode root() {
        return new JsonNode(this, 0);
    }

    byte[] bytes() {
        return bytes;
    }

    Tape tape() {
        return tape;
    }
}
