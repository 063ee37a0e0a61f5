package com.keeptrusts.gateway.contract;

import java.util.List;

/**
 * Parts of a node's share that it has given to another. What is lost on the way is lost until the window has passed: it
 * is counted as used by whoever gave it.
 */
public record RatesLent(String node, List<RateLoan> loans) implements BusMessage {

    public RatesLent {
        loans = List.copyOf(loans);
    }
}
