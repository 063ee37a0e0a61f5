package com.keeptrusts.gateway.audit.content;

import java.io.IOException;

/** The keys of a data directory are in use by a running gateway, which is then the one to be asked. */
public final class ContentInUseException extends IOException {

    private static final long serialVersionUID = 1;

    ContentInUseException(String message) {
        super(message);
    }
}
