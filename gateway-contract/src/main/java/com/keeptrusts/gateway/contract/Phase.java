package com.keeptrusts.gateway.contract;

/** Which side of the model call a text belongs to. */
public enum Phase {
    INPUT,
    OUTPUT
}
