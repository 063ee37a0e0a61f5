package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.ErrorCode;
import org.jspecify.annotations.Nullable;

/** How much one instance has taken on: requests in progress, and bytes of bodies held. Confined to one event loop. */
final class Admission {

    private final IngressLimits limits;
    private int requests;
    private long bytes;

    Admission(IngressLimits limits) {
        this.limits = limits;
    }

    /** A place for one request, or nothing when all are taken. */
    @Nullable
    Place enter() {
        if (requests >= limits.requests()) {
            return null;
        }
        requests++;
        return new Place();
    }

    int requests() {
        return requests;
    }

    long bytes() {
        return bytes;
    }

    static Refused overloaded() {
        return Refused.of(ErrorCode.GATEWAY_OVERLOADED, "the gateway has as many requests as it can take");
    }

    /** What one request takes up, until it leaves. */
    final class Place {
        private long held;
        private boolean left;

        private Place() {}

        boolean hold(int more) {
            if (bytes + more > limits.bytes()) {
                return false;
            }
            bytes += more;
            held += more;
            return true;
        }

        void leave() {
            if (!left) {
                left = true;
                requests--;
                bytes -= held;
            }
        }
    }
}
