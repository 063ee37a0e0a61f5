package com.keeptrusts.gateway.contract;

/**
 * A node's answer to a decision.
 *
 * @param done whether it did what was decided
 * @param message for the operator, where it did not
 */
public record ConfigDecided(String node, boolean done, String message) implements BusMessage {}
