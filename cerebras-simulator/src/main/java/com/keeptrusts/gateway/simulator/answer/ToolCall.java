package com.keeptrusts.gateway.simulator.answer;

/** A call of a function that the caller offered, with arguments that fit its schema. */
public record ToolCall(String id, String name, String arguments) {

    /** What the call costs in completion tokens. */
    public int tokens() {
        return 4 + (name.length() + arguments.length()) / 4;
    }
}
