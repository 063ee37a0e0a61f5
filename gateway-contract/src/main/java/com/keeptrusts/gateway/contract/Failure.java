package com.keeptrusts.gateway.contract;

import org.jspecify.annotations.Nullable;

/**
 * A refusal on its way to the client.
 *
 * @param message for the person who reads it; never quotes the request
 * @param param path of the offending member, where there is one
 * @param upstreamCode the target's own code where WIRE 4.3 keeps it
 * @param upstreamStatus the target's HTTP status, or 0
 * @param retryAfterMillis how long the target asks to wait, where it says so
 * @param retriesSpent whether the gateway already tried again, so that the client should not
 */
public record Failure(
        ErrorCode code,
        String message,
        @Nullable String param,
        @Nullable String upstreamCode,
        int upstreamStatus,
        @Nullable Long retryAfterMillis,
        boolean retriesSpent) {

    public static Failure of(ErrorCode code, String message) {
        return new Failure(code, message, null, null, 0, null, false);
    }

    public static Failure at(ErrorCode code, String param, String message) {
        return new Failure(code, message, param, null, 0, null, false);
    }
}
