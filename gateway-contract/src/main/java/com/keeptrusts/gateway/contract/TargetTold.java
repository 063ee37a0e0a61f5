package com.keeptrusts.gateway.contract;

/**
 * One target. Times are how long ago, as clocks differ; -1 for never.
 *
 * @param breaker {@code closed}, {@code open} or {@code half_open}
 * @param turn counts the changes of its breaker over all nodes that have heard of each other; the higher one is later
 * @param failingAgoMillis since the first of the failures in a row that opened the breaker
 * @param openedAgoMillis since it was last found failing
 * @param probedAgoMillis since it was last tried while not closed
 * @param probesPassed how many tries in a row it has answered while not closed
 * @param coolingMillis how much longer it wants to be left alone, or 0
 * @param limit calls that it may get at a time from the node that tells
 * @param shedAgoMillis since it last said that its queue is full
 */
public record TargetTold(
        String target,
        String breaker,
        long turn,
        long failingAgoMillis,
        long openedAgoMillis,
        long probedAgoMillis,
        int probesPassed,
        long coolingMillis,
        int limit,
        long shedAgoMillis) {}
