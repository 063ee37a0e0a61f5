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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Entries about what an operator does on this node, given to a writer on it or, where there is none, to another. */
final class OwnRecords {

    private static final Duration APPEND = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final String node;
    private final Console console;

    OwnRecords(Vertx vertx, String node, Console console) {
        this.vertx = vertx;
        this.node = node;
        this.console = console;
    }

    /** Completes when the entries are durable; fails when no writer takes them. */
    Future<Void> append(List<AuditEntry> entries) {
        Optional<WorkerPresent> writer = console.present().stream()
                .filter(worker -> worker.role() == Role.AUDIT)
                .min(Comparator.comparing(worker -> !worker.node().equals(node)));
        if (writer.isEmpty()) {
            return Future.failedFuture("no audit writer is there");
        }
        var question = new AppendEntries(Deadline.in(node, APPEND.toMillis()), entries);
        return Bus.of(vertx)
                .ask(Address.ofAudit(writer.get().address()), question, APPEND)
                .compose(answer -> switch (answer) {
                    case Appended _ -> Future.<Void>succeededFuture();
                    case AppendRefused(String _, String reason) -> Future.failedFuture(reason);
                });
    }
}
