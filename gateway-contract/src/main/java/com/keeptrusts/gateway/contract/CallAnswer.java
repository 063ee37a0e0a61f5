package com.keeptrusts.gateway.contract;

/** Whether a provider worker takes a call up; said at once, before anything is sent upstream. */
public sealed interface CallAnswer extends BusMessage {

    /** Events will follow, the first with {@code seq} 0. */
    record CallAccepted(String worker) implements CallAnswer {}

    /** Nothing was sent upstream. */
    record CallRefused(Failure failure) implements CallAnswer {}
}
