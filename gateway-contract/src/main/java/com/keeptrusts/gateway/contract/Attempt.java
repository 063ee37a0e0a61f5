package com.keeptrusts.gateway.contract;

import org.jspecify.annotations.Nullable;

/**
 * One upstream call.
 *
 * @param startMicros from the call being taken up
 * @param status HTTP status, or 0 when there was none
 * @param firstByteMicros from the attempt's start to its first meaningful byte, or 0
 * @param cause why it failed, a stable code as in {@code connect}, {@code first_token_timeout}; absent on success
 * @param retry 0 for the first try of this target
 */
public record Attempt(
        String target,
        String provider,
        String model,
        long startMicros,
        int status,
        long firstByteMicros,
        @Nullable String cause,
        int retry) {}
