package com.keeptrusts.gateway.simulator;

import com.keeptrusts.gateway.simulator.pace.Pace;

/** A model that the simulator serves: its usual pace, the share of its tokens that is thought, and what it can hold. */
public record Model(String id, String ownedBy, Pace pace, double reasoningShare, int contextLimit) {

    static Model of(String id, String ownedBy, double tokensPerSecond) {
        return new Model(id, ownedBy, Pace.of(tokensPerSecond), 0, 131_072);
    }

    Model thinking(double share) {
        return new Model(id, ownedBy, pace, share, contextLimit);
    }
}
