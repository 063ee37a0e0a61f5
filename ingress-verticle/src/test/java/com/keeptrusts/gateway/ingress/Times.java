package com.keeptrusts.gateway.ingress;

import java.time.Duration;

/** Limits in time of an ingress that has little patience with what it waits for. */
final class Times {

    private Times() {}

    static IngressTimings of(Duration headers, Duration keepAlive) {
        IngressTimings usual = IngressTimings.DEFAULT;
        return new IngressTimings(
                usual.policyHop(),
                usual.streamHop(),
                usual.providerAccept(),
                usual.auditAppend(),
                usual.workerWait(),
                usual.total(),
                headers,
                keepAlive,
                Duration.ofMillis(300),
                usual.clientStall(),
                usual.comment(),
                usual.linger());
    }
}
