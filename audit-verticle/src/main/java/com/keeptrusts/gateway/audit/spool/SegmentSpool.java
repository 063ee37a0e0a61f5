package com.keeptrusts.gateway.audit.spool;

import com.keeptrusts.gateway.audit.segment.CommitMeters;
import com.keeptrusts.gateway.audit.segment.GroupCommit;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.AppendRefused;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AuditEntry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a node's entries on its own disk while no writer takes them, in segments with the ledger's own flush rule, and
 * hands them on in order when one does. Bounded in bytes and age. May be called from any context; its futures complete
 * on the caller's. Opening and closing block.
 */
public final class SegmentSpool implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final SpoolStore store;
    private final GroupCommit commit;
    private final AtomicReference<@Nullable Future<Void>> draining = new AtomicReference<>();

    private SegmentSpool(Vertx vertx, SpoolStore store, GroupCommit commit) {
        this.vertx = vertx;
        this.store = store;
        this.commit = commit;
    }

    public static SegmentSpool open(
            Vertx vertx, Path directory, SpoolLimits limits, LogFiles files, MeterRegistry meters) throws IOException {
        SpoolStore store = SpoolStore.open(files, directory, limits, Clock.systemUTC());
        Gauge.builder("keeptrusts.audit.spool.bytes", store, SpoolStore::bytes).register(meters);
        Gauge.builder("keeptrusts.audit.spool.entries", store, SpoolStore::waiting)
                .register(meters);
        var commitMeters = new CommitMeters(meters, "keeptrusts.audit.spool", "spool");
        var commit = new GroupCommit(store, Duration.ofMillis(1), commitMeters, Runnable::run);
        return new SegmentSpool(vertx, store, commit);
    }

    /** Completes when the entries are flushed; fails when the spool is full or its disk is. */
    public Future<Void> keep(List<AuditEntry> entries) {
        Context context = vertx.getOrCreateContext();
        Promise<Void> kept = Promise.promise();
        commit.append(entries, LIMIT, answer -> context.runOnContext(_ -> settle(kept, answer)));
        return kept.future();
    }

    private static void settle(Promise<Void> kept, AppendAnswer answer) {
        switch (answer) {
            case Appended _ -> kept.complete();
            case AppendRefused(String _, String reason) -> kept.fail("spool: " + reason);
        }
    }

    /** Whether entries would be taken now. */
    public boolean accepting() {
        return store.accepting();
    }

    /** Entries that wait to be drained. */
    public long waiting() {
        return store.waiting();
    }

    /**
     * Hands on what waits, in order, one call after the other, until nothing is left or one fails; what was not handed
     * on stays. One drain at a time: while one is under way its future is given.
     */
    public Future<Void> drain(Function<List<AuditEntry>, Future<Void>> writer) {
        Promise<Void> drained = Promise.promise();
        Future<Void> underWay = draining.compareAndExchange(null, drained.future());
        if (underWay != null) {
            return underWay;
        }
        step(writer).onComplete(done -> {
            draining.set(null);
            drained.handle(done);
        });
        return drained.future();
    }

    private Future<Void> step(Function<List<AuditEntry>, Future<Void>> writer) {
        return vertx.executeBlocking(store::next).compose(batch -> {
            if (batch.isEmpty()) {
                return Future.succeededFuture();
            }
            return writer.apply(batch)
                    .compose(_ -> vertx.executeBlocking(() -> {
                        store.taken(batch.size());
                        return null;
                    }))
                    .compose(_ -> step(writer));
        });
    }

    /** Returns when everything that arrived is flushed. */
    @Override
    public void close() throws IOException {
        commit.close();
        store.close();
    }
}
