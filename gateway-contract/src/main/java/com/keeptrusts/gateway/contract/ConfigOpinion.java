package com.keeptrusts.gateway.contract;

import java.util.List;

/** A node's answer to a proposed configuration: it agrees when it objects to nothing. */
public record ConfigOpinion(String node, List<ConfigObjection> objections) implements BusMessage {

    public ConfigOpinion {
        objections = List.copyOf(objections);
    }
}
