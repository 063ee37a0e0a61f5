package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.audit.content.ContentEntries;
import com.keeptrusts.gateway.audit.content.ContentRetention;
import com.keeptrusts.gateway.audit.content.Erasure;
import com.keeptrusts.gateway.audit.content.Erasure.Result;
import com.keeptrusts.gateway.audit.content.ErasureRequest;
import com.keeptrusts.gateway.audit.content.LedgerHolds;
import com.keeptrusts.gateway.contract.AuditEntry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators do with the texts and keys of a running node, each act recorded. An erasure whose entry no writer took is
 * recorded later, also by the next run of the node.
 */
final class ContentDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ContentDesk.class);
    private static final long RETRY_MILLIS = 5_000;
    private static final long PRUNE_MILLIS = 3_600_000;

    private final Vertx vertx;
    private final NodeVault vault;
    private final NearestWriter records;
    private final ContentEntries entries;
    private final Erasure erasure;
    private final ContentRetention retention;
    private final IntSupplier retentionDays;
    private final List<Long> timers;
    private boolean owes = true; // until it is known that no earlier run left anything

    /**
     * Opens with the vault.
     *
     * @param retentionDays of the configuration in force
     */
    ContentDesk(
            Vertx vertx, NodeVault vault, NearestWriter records, String node, Path dataDir, IntSupplier retentionDays) {
        this.vertx = vertx;
        this.vault = vault;
        this.records = records;
        this.entries = new ContentEntries(node, Clock.systemUTC());
        var holds = new LedgerHolds(dataDir);
        this.erasure = new Erasure(vault.store(), holds, entries);
        this.retention = new ContentRetention(vault.store(), holds, entries, Clock.systemUTC());
        this.retentionDays = retentionDays;
        this.timers =
                List.of(vertx.setPeriodic(RETRY_MILLIS, _ -> settle()), vertx.setPeriodic(PRUNE_MILLIS, _ -> prune()));
    }

    String store() {
        return vault.store().id();
    }

    /** Completes when the keys are destroyed and that is recorded, or when the refusal is. */
    Future<Result> erase(ErasureRequest request) {
        return vertx.executeBlocking(() -> erasure.erase(request)).compose(result -> {
            Future<Void> told = switch (result) {
                case Result.Erased(List<String> _, List<AuditEntry> owed) -> recorded(owed);
                case Result.Held(String _, AuditEntry entry) -> records.append(List.of(entry));
                case Result.Unknown _ -> Future.<Void>succeededFuture();
            };
            return told.map(result);
        });
    }

    /** Completes when it is recorded that somebody is about to read the texts of a request. */
    Future<Void> reads(String requestId, String reader) {
        return records.append(List.of(entries.read(requestId, reader)));
    }

    private Future<Void> recorded(List<AuditEntry> owed) {
        owes = true;
        return records.append(owed)
                .compose(_ -> vertx.<Void>executeBlocking(() -> {
                    erasure.recorded(owed);
                    return null;
                }))
                .onSuccess(_ -> owes = false);
    }

    private void settle() {
        if (!owes) {
            return;
        }
        vertx.executeBlocking(erasure::unrecorded)
                .compose(owed -> owed.isEmpty() ? Future.<Void>succeededFuture() : recorded(owed))
                .onSuccess(_ -> owes = false)
                .onFailure(e -> LOG.warn("An erasure is not in the ledger yet: {}", e.getMessage()));
    }

    /** Ends what is older than the retention, recorded first. Completes with whether there was anything. */
    Future<Boolean> prune() {
        int days = retentionDays.getAsInt();
        return vertx.executeBlocking(() -> retention.due(days))
                .compose(due -> due.isEmpty()
                        ? Future.succeededFuture(false)
                        : records.append(List.of(retention.entry(due, days)))
                                .compose(_ -> vertx.executeBlocking(() -> {
                                    retention.end(due);
                                    return true;
                                })))
                .onFailure(e -> LOG.warn("Texts whose time is over are still there: {}", e.getMessage()));
    }

    void close() {
        timers.forEach(vertx::cancelTimer);
    }
}
