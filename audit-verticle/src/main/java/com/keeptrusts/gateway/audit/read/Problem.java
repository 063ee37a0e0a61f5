package com.keeptrusts.gateway.audit.read;

/**
 * Something in a log that is not as it was signed or written.
 *
 * @param index of the first entry that may be concerned, or -1 when it concerns none in particular
 * @param width from there on, among how many entries a bad one is; 1 when it is this one
 * @param message what was found where; never quotes an entry
 */
public record Problem(long index, long width, String message) {

    static final long NONE = -1;

    static Problem general(String message) {
        return new Problem(NONE, 0, message);
    }

    static Problem at(long index, String message) {
        return new Problem(index, 1, message);
    }

    /** Behind the last entry that may be bad. */
    long end() {
        return index + width;
    }

    @Override
    public String toString() {
        if (index == NONE) {
            return message;
        }
        return (width == 1 ? "entry " + index : "one of the entries from " + index + " to " + (index + width - 1))
                + ": " + message;
    }
}
