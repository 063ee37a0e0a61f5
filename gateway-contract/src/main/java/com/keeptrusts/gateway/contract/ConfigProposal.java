package com.keeptrusts.gateway.contract;

import java.util.List;

/**
 * Asks a node whether it could run this configuration. One that agrees keeps itself ready, and agrees to no other, until
 * it is told the decision or the proposal is a quarter of a minute old.
 *
 * @param superseded digests of configurations that it would take the place of, the latest first
 * @param variables names of environment variables that it refers to and that are set on the node that proposes
 * @param effective as canonical JSON; holds references to secrets, never secrets
 */
public record ConfigProposal(
        Deadline deadline, ConfigVersion version, List<String> superseded, List<String> variables, Bytes effective)
        implements Timed {

    public ConfigProposal {
        superseded = List.copyOf(superseded);
        variables = List.copyOf(variables);
    }
}
