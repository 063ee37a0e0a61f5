package com.keeptrusts.gateway.json;

/** A text to put in the place of a range of a string, in UTF-16 units; an empty range inserts. */
public record TextEdit(int start, int end, String replacement) {

    public TextEdit {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("text edit: " + start + " to " + end + " (expected: a range)");
        }
    }

    /** The place only: the replacement may be the sender's text. */
    @Override
    public String toString() {
        return "text edit of " + start + " to " + end;
    }
}
