package com.keeptrusts.gateway.json;

import java.util.Arrays;

/**
 * The index of a document: one entry per name and value in document order, each of three ints. The payload of a
 * container is the entry after its last descendant, that of a name its hash. While a container is open its end holds
 * the enclosing container and its payload the number of its members, so that scanning needs no stack.
 */
final class Tape {

    static final int MAX_ENTRIES = 1 << 27;

    static final int OBJECT = 0;
    static final int ARRAY = 1;
    static final int STRING = 2;
    static final int NUMBER = 3;
    static final int TRUE = 4;
    static final int FALSE = 5;
    static final int NULL = 6;
    static final int NAME = 7;

    static final int ESCAPED = 8;
    static final int PAYLOAD_MASK = MAX_ENTRIES - 1;

    private static final int KIND_MASK = 7;
    private static final int STRIDE = 3;
    private static final int PAYLOAD_SHIFT = 5;
    private static final int META_MASK = (1 << PAYLOAD_SHIFT) - 1;

    private int[] ints;
    private int entries;

    Tape(int documentLength) {
        this.ints = new int[STRIDE * Math.clamp(documentLength / 8, 8, 4_096)];
    }

    /** Adds an entry; {@code meta} is a kind, with {@link #ESCAPED} or without. */
    int add(int meta, int payload, int start, int end) {
        int at = STRIDE * entries;
        if (at == ints.length) {
            ints = Arrays.copyOf(ints, 2 * at);
        }
        ints[at] = meta | (payload << PAYLOAD_SHIFT);
        ints[at + 1] = start;
        ints[at + 2] = end;
        return entries++;
    }

    int size() {
        return entries;
    }

    int kind(int entry) {
        return ints[STRIDE * entry] & KIND_MASK;
    }

    boolean isEscaped(int entry) {
        return (ints[STRIDE * entry] & ESCAPED) != 0;
    }

    int payload(int entry) {
        return ints[STRIDE * entry] >>> PAYLOAD_SHIFT;
    }

    void setPayload(int entry, int payload) {
        int at = STRIDE * entry;
        ints[at] = (ints[at] & META_MASK) | (payload << PAYLOAD_SHIFT);
    }

    int start(int entry) {
        return ints[STRIDE * entry + 1];
    }

    int end(int entry) {
        return ints[STRIDE * entry + 2];
    }

    void setEnd(int entry, int end) {
        ints[STRIDE * entry + 2] = end;
    }

    boolean isContainer(int entry) {
        return kind(entry) <= ARRAY;
    }

    /** The entry that follows a value and all it holds. */
    int after(int value) {
        return isContainer(value) ? payload(value) : value + 1;
    }
}
