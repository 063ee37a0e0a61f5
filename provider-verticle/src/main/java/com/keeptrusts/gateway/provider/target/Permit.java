package com.keeptrusts.gateway.provider.target;

/** The right to call a target, or the claim to it. */
public interface Permit {

    /** Whether the call may go out now. */
    boolean isHeld();

    /** Gives the place, or the place in the queue, to others; a second time does nothing. */
    void release();
}
