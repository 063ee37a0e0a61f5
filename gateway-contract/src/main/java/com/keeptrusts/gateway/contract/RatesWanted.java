package com.keeptrusts.gateway.contract;

import java.util.List;

/** The rate limits of which a node's own share will not last, told to the other ingress nodes. */
public record RatesWanted(String node, List<RateWant> wants) implements BusMessage {

    public RatesWanted {
        wants = List.copyOf(wants);
    }
}
