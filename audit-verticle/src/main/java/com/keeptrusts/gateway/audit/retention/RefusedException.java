package com.keeptrusts.gateway.audit.retention;

import java.io.IOException;

/** An act that the log's promise or a legal hold forbids; the message says which, and what may be done. */
public final class RefusedException extends IOException {

    private static final long serialVersionUID = 1;

    public RefusedException(String message) {
        super(message);
    }
}
