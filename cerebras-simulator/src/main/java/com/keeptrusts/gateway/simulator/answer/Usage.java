package com.keeptrusts.gateway.simulator.answer;

/** The tokens that an answer is charged for. */
public record Usage(int prompt, int cached, int completion, int reasoning) {

    public int total() {
        return prompt + completion;
    }
}
