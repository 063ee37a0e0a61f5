package com.keeptrusts.gateway.audit.read;

/**
 * Something in a log that is not as it was signed or written.
 *
 * @param index of the first entry concerned, or -1 when it concerns none in particular
 * @param message what was found where; never quotes an entry
 */
public record Problem(long index, String message) {

    static final long NONE = -1;

    @Override
    public String toString() {
        return index == NONE ? message : "entry " + index + ": " + message;
    }
}
