package com.keeptrusts.gateway.provider.sse;

/** An event of a target is longer than the gateway holds in memory. */
public final class EventTooLongException extends RuntimeException {

    private static final long serialVersionUID = 1;

    EventTooLongException(int limit) {
        super("event longer than " + limit + " bytes", null, false, false);
    }
}
