package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.AuditEntry;
import io.vertx.core.Future;
import java.util.List;

/** Keeps audit entries on this node's disk while no writer takes them. */
public interface Spool {

    /** Completes when the entries are flushed; fails when they are not, because it is full or there is none. */
    Future<Void> keep(List<AuditEntry> entries);

    /** Whether entries would be taken now. */
    boolean accepting();

    /** A node without a spool. */
    static Spool none() {
        return new Spool() {
            @Override
            public Future<Void> keep(List<AuditEntry> entries) {
                return Future.failedFuture("no spool on this node");
            }

            @Override
            public boolean accepting() {
                return false;
            }
        };
    }
}
