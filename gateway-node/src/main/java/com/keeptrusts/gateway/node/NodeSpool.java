package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.audit.spool.SegmentSpool;
import com.keeptrusts.gateway.audit.spool.SpoolLimits;
import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.AppendAnswer.AppendRefused;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AppendEntries;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.ingress.Spool;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's spool: keeps entries while no writer takes them, and hands them to the first writer that is heard again. */
final class NodeSpool implements Spool {

    private static final Logger LOG = LoggerFactory.getLogger(NodeSpool.class);
    private static final long DRAIN_MILLIS = 1_000;
    private static final Duration APPEND = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final String node;
    private final SegmentSpool store;
    private final Console console;
    private final long timer;

    private NodeSpool(Vertx vertx, String node, SegmentSpool store, Console console) {
        this.vertx = vertx;
        this.node = node;
        this.store = store;
        this.console = console;
        this.timer = vertx.setPeriodic(DRAIN_MILLIS, _ -> drain());
    }

    static Future<NodeSpool> open(Vertx vertx, String node, Path dataDir, Console console, MeterRegistry meters) {
        return vertx.executeBlocking(() -> SegmentSpool.open(
                        vertx, dataDir.resolve("spool"), SpoolLimits.DEFAULT, new DiskFiles(), meters))
                .map(store -> new NodeSpool(vertx, node, store, console));
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
        writer().ifPresent(writer -> store.drain(entries -> append(writer, entries))
                .onSuccess(_ -> LOG.info("The spool was handed on to {}", writer.address())));
    }

    /** A writer on this node first. */
    private Optional<WorkerPresent> writer() {
        List<WorkerPresent> writers = console.present().stream()
                .filter(worker -> worker.role() == Role.AUDIT)
                .toList();
        return writers.stream()
                .filter(worker -> worker.node().equals(node))
                .findFirst()
                .or(() -> writers.stream().findFirst());
    }

    private Future<Void> append(WorkerPresent writer, List<AuditEntry> entries) {
        var question = new AppendEntries(Deadline.in(node, APPEND.toMillis()), entries);
        return Bus.of(vertx)
                .ask(Address.ofAudit(writer.address()), question, APPEND)
                .compose(answer -> switch (answer) {
                    case Appended _ -> Future.<Void>succeededFuture();
                    case AppendRefused(String _, String reason) -> Future.failedFuture(reason);
                });
    }
}
