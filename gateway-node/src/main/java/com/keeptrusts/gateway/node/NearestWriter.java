package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.AppendAnswer.AppendRefused;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AppendEntries;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Appends to the audit writer that is heard and nearest: one on this node first. Nothing is tried twice. */
record NearestWriter(Vertx vertx, String node, Console console) {

    private static final Duration APPEND = Duration.ofSeconds(5);

    Optional<WorkerPresent> find() {
        List<WorkerPresent> writers = console.present().stream()
                .filter(worker -> worker.role() == Role.AUDIT)
                .toList();
        return writers.stream()
                .filter(worker -> worker.node().equals(node))
                .findFirst()
                .or(() -> writers.stream().findFirst());
    }

    /** Completes when the entry is durable; fails when no writer takes it. */
    Future<Void> append(AuditEntry entry) {
        return append(List.of(entry));
    }

    /** Completes when the entries are durable; fails when no writer takes them. */
    Future<Void> append(List<AuditEntry> entries) {
        return find().map(writer -> append(writer, entries))
                .orElseGet(() -> Future.failedFuture("no audit writer is heard"));
    }

    /** Completes when the entries are durable. */
    Future<Void> append(WorkerPresent writer, List<AuditEntry> entries) {
        var question = new AppendEntries(Deadline.in(node, APPEND.toMillis()), entries);
        return Bus.of(vertx)
                .ask(Address.ofAudit(writer.address()), question, APPEND)
                .compose(answer -> switch (answer) {
                    case Appended _ -> Future.<Void>succeededFuture();
                    case AppendRefused(String _, String reason) -> Future.failedFuture(reason);
                });
    }
}
