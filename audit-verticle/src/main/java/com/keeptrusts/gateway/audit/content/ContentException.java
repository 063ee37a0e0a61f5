package com.keeptrusts.gateway.audit.content;

import java.io.IOException;

/** A key or a text beside the ledger cannot be used. The message names it and never quotes it. */
public final class ContentException extends IOException {

    private static final long serialVersionUID = 1;

    public ContentException(String message) {
        super(message);
    }
}
