package com.keeptrusts.gateway.simulator.request;

/** The two ways to ask for an answer. */
public enum Kind {
    CHAT,
    TEXT
}
