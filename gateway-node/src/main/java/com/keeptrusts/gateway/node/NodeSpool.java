package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.audit.spool.SegmentSpool;
import com.keeptrusts.gateway.audit.spool.SpoolLimits;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.ingress.Spool;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's spool: keeps entries while no writer takes them, and hands them to the first writer that is heard again. */
final class NodeSpool implements Spool {

    private static final Logger LOG = LoggerFactory.getLogger(NodeSpool.class);
    private static final long DRAIN_MILLIS = 1_000;

    private final Vertx vertx;
    private final NearestWriter writers;
    private final SegmentSpool store;
    private final long timer;

    private NodeSpool(Vertx vertx, NearestWriter writers, SegmentSpool store) {
        this.vertx = vertx;
        this.writers = writers;
        this.store = store;
        this.timer = vertx.setPeriodic(DRAIN_MILLIS, _ -> drain());
    }

    static Future<NodeSpool> open(Vertx vertx, String node, Path dataDir, Console console, MeterRegistry meters) {
        return vertx.executeBlocking(() -> SegmentSpool.open(
                        vertx, dataDir.resolve("spool"), SpoolLimits.DEFAULT, new DiskFiles(), meters))
                .map(store -> new NodeSpool(vertx, new NearestWriter(vertx, node, console), store));
    }

    @Override
    public Future<Void> keep(List<AuditEntry> entries) {
        return store.keep(entries);
    }

    @Override
    public boolean accepting() {
        return store.accepting();
    }

    /** Completes when everything kept is flushed; what no writer took is handed on after the next start. */
    Future<Void> close() {
        vertx.cancelTimer(timer);
        return vertx.executeBlocking(() -> {
            store.close();
            return null;
        });
    }

    private void drain() {
        if (store.waiting() == 0) {
            return;
        }
        writers.find()
                .ifPresent(writer -> store.drain(entries -> writers.append(writer, entries))
                        .onSuccess(_ -> LOG.info("The spool was handed on to {}", writer.address())));
    }
}
