package com.keeptrusts.gateway.contract;

/**
 * Asks whoever answers at an address whether it runs and can be reached. {@link Bus} answers it itself, on the thread of
 * the one who was asked.
 *
 * @param node that wants to know
 */
public record Probe(String node) implements BusMessage {}
