package com.keeptrusts.gateway.contract;

/**
 * A request without an end.
 *
 * @param entryId of its accepted record
 * @param seq of that record
 * @param dueMillis when it should have ended, in milliseconds since the epoch
 */
public record OpenRequest(String requestId, String entryId, int seq, long dueMillis) {}
