package com.keeptrusts.gateway.contract;

import java.util.List;

/**
 * A node's answer to an operator.
 *
 * @param ok whether what was asked was done
 * @param message for the operator, where there is something to say
 */
public record NodeReport(
        String node,
        boolean ok,
        String message,
        String build,
        long uptimeMillis,
        List<String> roles,
        String configDigest)
        implements BusMessage {

    public NodeReport {
        roles = List.copyOf(roles);
    }
}
