package com.keeptrusts.gateway.contract;

/**
 * What becomes of a proposed configuration.
 *
 * @param active whether it is to be run from now on; else it was refused and is to be forgotten
 * @param reason codes and nodes of a refusal; empty otherwise
 */
public record ConfigDecision(ConfigVersion version, boolean active, String reason) implements BusMessage {}
