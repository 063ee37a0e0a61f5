package com.keeptrusts.gateway.json;

/** Goes forward through the inside of a literal and finds the bytes of a UTF-16 offset; never stops inside a pair. */
final class LiteralWalk {

    private final byte[] bytes;
    private final int last;
    private int at;
    private int offset;
    private boolean afterLoneHigh;

    LiteralWalk(byte[] bytes, int first, int last) {
        this.bytes = bytes;
        this.last = last;
        this.at = first;
    }

    /** Where the character that holds the boundary begins. */
    int floor(int wanted) {
        while (offset < wanted && offset + units() <= wanted) {
            step();
        }
        return at;
    }

    /** Where the character that holds the boundary ends; the boundary itself if it is between characters. */
    int ceiling(int wanted) {
        floor(wanted);
        if (offset < wanted) {
            step();
        }
        return at;
    }

    /** Whether the character just passed is a high surrogate that no low one follows. */
    boolean isAfterLoneHigh() {
        return afterLoneHigh;
    }

    private void step() {
        int units = units();
        afterLoneHigh = bytes[at] == '\\'
                && units == 1
                && StringLiteral.isUnit(bytes, at, last)
                && Character.isHighSurrogate(StringLiteral.unit(bytes, at));
        at += length();
        offset += units;
    }

    private int units() {
        if (at >= last) {
            throw new IllegalArgumentException("text edit: beyond " + offset + " (expected: within the text)");
        }
        boolean pair = bytes[at] == '\\' ? StringLiteral.isPairAt(bytes, at, last) : (bytes[at] & 0xFF) >= 0xF0;
        return pair ? 2 : 1;
    }

    private int length() {
        int first = bytes[at] & 0xFF;
        if (first == '\\') {
            return bytes[at + 1] != 'u' ? 2 : StringLiteral.isPairAt(bytes, at, last) ? 12 : 6;
        }
        return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    }
}
