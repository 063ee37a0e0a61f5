package com.keeptrusts.gateway.ingress;

import java.util.Locale;

/** Who or what ended a request, as the ledger says it. */
enum EndedBy {
    COMPLETE,
    CLIENT,
    UPSTREAM,
    POLICY,
    DEADLINE,
    SHUTDOWN,
    WORKER_LOST,
    /** The gateway refused it, before any policy or provider was asked or for want of one. */
    GATEWAY;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
