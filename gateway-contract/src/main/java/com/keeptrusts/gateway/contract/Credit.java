package com.keeptrusts.gateway.contract;

import org.jspecify.annotations.Nullable;

/**
 * Lets a provider send so much more of a stream.
 *
 * @param asks address of an ingress that has not heard of the call for a while and wants to know whether it still goes on;
 *     a worker that does not know the call, as its end was lost on the way, answers there that it failed
 * @param totalFrames given since the call began, this credit included, so that the next makes up for one that is lost; 0 of
 *     a build that does not tell
 * @param totalBytes likewise
 */
public record Credit(
        String requestId,
        int epoch,
        int frames,
        int bytes,
        @Nullable String asks,
        long totalFrames,
        long totalBytes) implements BusMessage {}
