package com.keeptrusts.gateway.ingress;

/** The client has left, so that the rest of its journey is not gone. */
final class Gone extends RuntimeException {

    private static final long serialVersionUID = 1;

    Gone() {
        super("the client is gone", null, false, false);
    }
}
