package com.keeptrusts.gateway.audit.segment;

import java.io.IOException;

/**
 * A flush that failed. The kernel may report such a loss once and succeed at the next try with the pages gone, so the
 * writer must never flush that file again and believe it.
 */
public final class FlushFailedException extends IOException {

    private static final long serialVersionUID = 1;

    public FlushFailedException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
