package com.keeptrusts.gateway.contract;

/** Bytes that are not a message of this version's catalogue. Says what was wrong, never quotes the bytes. */
public final class WireFormatException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public WireFormatException(String message) {
        super(message, null, false, false);
    }
}
