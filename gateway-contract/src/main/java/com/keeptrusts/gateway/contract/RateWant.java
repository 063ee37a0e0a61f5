package com.keeptrusts.gateway.contract;

/**
 * A share that will not last.
 *
 * @param counter name of the limit's counter
 * @param limit of all nodes together in a window
 * @param amount how much more is wanted, of all other nodes together
 */
public record RateWant(String counter, long limit, int windowSeconds, long amount) {}
