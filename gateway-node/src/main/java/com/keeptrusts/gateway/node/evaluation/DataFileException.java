package com.keeptrusts.gateway.node.evaluation;

/** A data file cannot be used; the message says which, where, and what was expected, and quotes no text. */
public final class DataFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DataFileException(String message) {
        super(message);
    }
}
