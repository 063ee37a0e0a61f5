package com.keeptrusts.gateway.json;

/**
 * Bytes to put in the place of a range of an array; an empty range inserts, an empty replacement removes. The
 * replacement is not copied and must not change afterwards.
 */
public final class ByteEdit {

    private final int start;
    private final int end;
    private final byte[] replacement;

    public ByteEdit(int start, int end, byte[] replacement) {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("edit: " + start + " to " + end + " (expected: a range)");
        }
        this.start = start;
        this.end = end;
        this.replacement = replacement;
    }

    public int start() {
        return start;
    }

    public int end() {
        return end;
    }

    public byte[] replacement() {
        return replacement;
    }

    /** The place only: the replacement may be the sender's text. */
    @Override
    public String toString() {
        return "edit of " + start + " to " + end;
    }
}
