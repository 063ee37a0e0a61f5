package com.keeptrusts.gateway.audit.postgres;

import java.io.IOException;

/** The server did not answer, so nothing is known about what it was asked to do. */
final class LostConnectionException extends IOException {

    private static final long serialVersionUID = 1;

    LostConnectionException(String message) {
        super(message);
    }
}
