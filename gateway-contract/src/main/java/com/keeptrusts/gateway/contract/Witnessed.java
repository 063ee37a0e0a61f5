package com.keeptrusts.gateway.contract;

import java.util.List;

/**
 * What a writer has seen of another's log.
 *
 * @param checkpoint the last one that it cosigned, signed by the log; empty when it knows none
 * @param ended requests that were open in that log and whose end stands in this writer's
 */
public record Witnessed(String checkpoint, List<String> ended) implements BusMessage {

    public Witnessed {
        ended = List.copyOf(ended);
    }
}
