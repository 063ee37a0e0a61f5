package com.keeptrusts.gateway.audit.index;

import java.io.IOException;

/** A run that is not as it was written; what it covers has to be read from the log itself. */
final class DamagedRunException extends IOException {

    private static final long serialVersionUID = 1;

    DamagedRunException(String message) {
        super(message);
    }
}
