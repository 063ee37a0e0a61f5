package com.keeptrusts.gateway.contract;

/** Something an operator asks of a node. */
public record AdminCall(Action action) implements BusMessage {

    /** What is asked. */
    public enum Action {
        STATUS,
        DRAIN
    }
}
