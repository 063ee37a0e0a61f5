package com.keeptrusts.gateway.audit.segment;

import java.io.IOException;

/** A log that cannot be trusted or used as it stands; the message tells an operator what and where, never a leaf. */
public class LedgerException extends IOException {

    private static final long serialVersionUID = 1;

    public LedgerException(String message) {
        super(message);
    }
}
