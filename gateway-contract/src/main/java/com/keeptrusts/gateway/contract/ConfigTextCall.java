package com.keeptrusts.gateway.contract;

/**
 * Asks a node for the configuration that it runs.
 *
 * @param node who asks
 */
public record ConfigTextCall(String node) implements BusMessage {}
