package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendEntries;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.ErrorCode;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes entries durable: asks a writer, after a time-out the same one again with the same entries, then another, then the
 * spool. Both entries of a request normally land in the same log.
 */
final class AuditTrail {

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

    private final Workers workers;
    private final String node;
    private final IngressTimings timings;
    private final Spool spool;
    private final IngressStatus status;
    private final IngressMetrics metrics;

    AuditTrail(
            Workers workers,
            String node,
            IngressTimings timings,
            Spool spool,
            IngressStatus status,
            IngressMetrics metrics) {
        this.workers = workers;
        this.node = node;
        this.timings = timings;
        this.spool = spool;
        this.status = status;
        this.metrics = metrics;
    }

    /** Completes when the entries are durable or the operator wants to go on without; fails with {@link Refused}. */
    Future<Void> append(String requestId, List<AuditEntry> entries, AuditSettings settings) {
        long started = System.nanoTime();
        List<Worker> plan = plan(requestId);
        Future<Void> written = plan.isEmpty()
                ? workers.writers()
                        .find(List.of(), timings.auditAppend())
                        .compose(_ -> ask(plan(requestId), 0, entries))
                : ask(plan, 0, entries);
        return written.recover(_ -> withoutWriter(entries, settings))
                .onSuccess(_ -> metrics.auditLag(System.nanoTime() - started));
    }

    boolean accepting(AuditSettings settings) {
        return !settings.enabled()
                || workers.writers().alive()
                || switch (settings.onUnavailable()) {
                    case FAIL_CLOSED -> false;
                    case SPOOL -> spool.accepting();
                    case FAIL_OPEN -> true;
                };
    }

    /** The writers to ask, in order: the best one twice, then the next. */
    private List<Worker> plan(String requestId) {
        List<Worker> live = new ArrayList<>(2);
        for (Worker writer : workers.writers().workers()) {
            if (writer.usable()) {
                live.add(writer);
            }
        }
        if (live.isEmpty()) {
            return live;
        }
        List<Worker> order = WriterChoice.order(node, requestId, live);
        List<Worker> plan = new ArrayList<>(3);
        plan.add(order.getFirst());
        plan.addAll(order.subList(0, Math.min(2, order.size())));
        return plan;
    }

    private Future<Void> ask(List<Worker> plan, int turn, List<AuditEntry> entries) {
        if (turn >= plan.size()) {
            return Future.failedFuture(Refused.of(ErrorCode.AUDIT_UNAVAILABLE, "The audit log could not be reached."));
        }
        Worker writer = plan.get(turn);
        var question = new AppendEntries(Deadline.in(node, timings.auditAppend().toMillis()), entries);
        return workers.ask(writer, Address.ofAudit(writer.address()), question, timings.auditAppend())
                .transform(done -> {
                    if (done.succeeded() && done.result() instanceof AppendAnswer.Appended) {
                        return Future.succeededFuture();
                    }
                    boolean late = done.cause() instanceof BusException failure
                            && failure.reason() == BusException.Reason.TIMEOUT;
                    return ask(plan, late ? turn + 1 : next(plan, turn), entries);
                });
    }

    /** A refusal or nobody there will be the same a moment later, so only another writer is worth asking. */
    private static int next(List<Worker> plan, int turn) {
        int next = turn + 1;
        while (next < plan.size() && plan.get(next) == plan.get(turn)) {
            next++;
        }
        return next;
    }

    private Future<Void> withoutWriter(List<AuditEntry> entries, AuditSettings settings) {
        return switch (settings.onUnavailable()) {
            case FAIL_CLOSED -> Future.failedFuture(unavailable());
            case SPOOL -> spool.keep(entries).recover(_ -> Future.failedFuture(unavailable()));
            case FAIL_OPEN ->
                spool.keep(entries).otherwise(_ -> {
                    LOG.warn("{} audit entries could not be recorded", entries.size());
                    status.entriesLost(entries.size());
                    return null;
                });
        };
    }

    private static Refused unavailable() {
        return Refused.of(ErrorCode.AUDIT_UNAVAILABLE, "The audit log could not be reached.");
    }
}
