package com.keeptrusts.gateway.contract;

import java.util.List;

/**
 * The answer to {@link OpenRequestsTold}.
 *
 * @param nextPart which part is expected next; 0 for everything from the beginning
 * @param ended those of the requests whose end stands in the listener's log
 */
public record OpenRequestsHeard(long nextPart, List<String> ended) implements BusMessage {

    public OpenRequestsHeard {
        ended = List.copyOf(ended);
    }
}
