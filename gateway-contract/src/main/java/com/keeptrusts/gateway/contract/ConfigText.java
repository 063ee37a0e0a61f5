package com.keeptrusts.gateway.contract;

import java.util.List;

/**
 * The configuration that a node runs.
 *
 * @param superseded digests of configurations that it has taken the place of, the latest first
 * @param effective as canonical JSON; holds references to secrets, never secrets; empty where there is none
 */
public record ConfigText(ConfigVersion version, List<String> superseded, Bytes effective) implements BusMessage {

    public ConfigText {
        superseded = List.copyOf(superseded);
    }
}
