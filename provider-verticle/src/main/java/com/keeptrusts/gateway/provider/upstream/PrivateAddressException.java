package com.keeptrusts.gateway.provider.upstream;

/** A target's name leads to an address inside a network, where no target was allowed to be. */
final class PrivateAddressException extends RuntimeException {

    private static final long serialVersionUID = 1;

    PrivateAddressException() {
        super("private address refused", null, false, false);
    }
}
