package com.keeptrusts.gateway.simulator;

import java.util.Locale;

/** Which service the simulator plays. */
public enum Persona {
    CEREBRAS,
    OPENAI;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
