package com.keeptrusts.gateway.contract;

/** Why a question got no answer. Only {@link Bus} sees the bus's own failures; everyone else reads the reason. */
public final class BusException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The ways in which an ask can fail. */
    public enum Reason {
        /** Nobody listens at the address, or its node cannot be reached. */
        NO_ONE_THERE,
        /** No answer within the limit; the question may or may not have been acted on. */
        TIMEOUT,
        /** The one who was asked failed; its log says how. */
        FAILED,
        /** What arrived could not be read. */
        MALFORMED
    }

    private final Reason reason;

    public BusException(Reason reason, String address) {
        super("bus: " + reason + " at " + address, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
