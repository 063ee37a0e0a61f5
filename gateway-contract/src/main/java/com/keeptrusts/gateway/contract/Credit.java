package com.keeptrusts.gateway.contract;

import org.jspecify.annotations.Nullable;

/**
 * Lets a provider send so much more of a stream.
 *
 * @param asks address of an ingress that has not heard of the call for a while and wants to know whether it still goes on;
 *     a worker that does not know the call, as its end was lost on the way, answers there that it failed
 */
public record Credit(
        String requestId,
        int epoch,
        int frames,
        int bytes,
        @Nullable String asks) implements BusMessage {

    /** Room and no question. */
    public Credit(String requestId, int epoch, int frames, int bytes) {
        this(requestId, epoch, frames, bytes, null);
    }
}
