package com.keeptrusts.gateway.contract;

import io.vertx.core.Future;

/** An answerer's or listener's place on the bus, until it withdraws. */
public interface Registration {

    /** Completes when no node sends here any more. */
    Future<Void> withdraw();
}
