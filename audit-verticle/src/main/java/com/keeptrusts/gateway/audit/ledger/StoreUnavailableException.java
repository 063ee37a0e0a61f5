package com.keeptrusts.gateway.audit.ledger;

import java.io.IOException;

/** A store that takes nothing at this moment; nothing of the group remains, and it may be tried again. */
public final class StoreUnavailableException extends IOException {

    private static final long serialVersionUID = 1;

    public StoreUnavailableException(String message) {
        super(message);
    }
}
