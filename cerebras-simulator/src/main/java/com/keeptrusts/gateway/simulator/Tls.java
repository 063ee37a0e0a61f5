package com.keeptrusts.gateway.simulator;

/** Whether and how well the simulator speaks TLS. With TLS it offers HTTP/2 besides HTTP/1.1. */
public enum Tls {
    OFF,
    /** For {@code localhost} and {@code 127.0.0.1}, signed by an authority of its own: good for those who trust that. */
    SELF_SIGNED,
    /** As self-signed, but its time is over. */
    EXPIRED,
    /** As self-signed, but for another host. */
    WRONG_NAME,
    /** Every connection is reset before the handshake. */
    RESET
}
