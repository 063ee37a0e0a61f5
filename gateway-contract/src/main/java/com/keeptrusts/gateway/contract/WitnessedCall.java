package com.keeptrusts.gateway.contract;

/**
 * A writer that starts asks another what that one has seen of its log.
 *
 * @param origin of the log
 * @param writer address of the one who asks
 */
public record WitnessedCall(Deadline deadline, String origin, String writer) implements Timed {}
