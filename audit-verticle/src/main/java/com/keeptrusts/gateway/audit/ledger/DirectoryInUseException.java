package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.segment.LedgerException;

/** Another writer has the directory; the message names it. */
public final class DirectoryInUseException extends LedgerException {

    private static final long serialVersionUID = 1;

    DirectoryInUseException(String message) {
        super(message);
    }
}
