package com.keeptrusts.gateway.contract;

import io.vertx.core.Future;
import java.util.List;

/** An answerer's or listener's place on the bus, until it withdraws. */
public interface Registration {

    /** Completes when no node sends here any more. */
    Future<Void> withdraw();

    /** Withdraws each; completes when all have, and fails when one could not. */
    static Future<Void> withdrawAll(List<Registration> registrations) {
        return Future.join(registrations.stream().map(Registration::withdraw).toList())
                .mapEmpty();
    }
}
