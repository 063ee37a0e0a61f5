package com.keeptrusts.gateway.node.ledger;

import com.keeptrusts.gateway.audit.index.IndexKeeper;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the indexes of a data directory's logs up to date while the process runs, a bounded piece at a time. */
final class Indexing {

    private static final Logger LOG = LoggerFactory.getLogger(Indexing.class);
    private static final long EVERY_MILLIS = 10_000;
    private static final int RUNS_AT_ONCE = 16;

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final Path data;
    private final Set<LedgerDirectory> checked = new HashSet<>();
    private volatile Future<Boolean> working = Future.succeededFuture(true);
    private boolean warned;
    private volatile boolean ended;

    private Indexing(Vertx vertx, WorkerExecutor workers, Path data) {
        this.vertx = vertx;
        this.workers = workers;
        this.data = data;
    }

    static Indexing begin(Vertx vertx, WorkerExecutor workers, Path data) {
        var indexing = new Indexing(vertx, workers, data);
        vertx.setPeriodic(EVERY_MILLIS, _ -> indexing.look());
        return indexing;
    }

    /** Completes when nothing is being written any more. */
    Future<Void> end() {
        ended = true;
        return working.transform(_ -> Future.succeededFuture());
    }

    private void look() {
        if (ended || !working.isComplete()) {
            return;
        }
        working = workers.executeBlocking(this::work, false);
        working.onComplete(done -> {
            if (done.succeeded() && !done.result()) {
                vertx.setTimer(1, _ -> look());
            } else if (done.failed() && !warned) {
                warned = true;
                LOG.warn(
                        "The index of the ledger is not kept, searching it takes longer: {}",
                        done.cause().toString());
            }
        });
    }

    /** Whether all is done. */
    private boolean work() throws IOException {
        boolean done = true;
        for (LedgerDirectory log : logs()) {
            var keeper = new IndexKeeper(log);
            if (checked.add(log)) {
                keeper.check();
            }
            done &= keeper.catchUp(RUNS_AT_ONCE);
        }
        return done;
    }

    private Iterable<LedgerDirectory> logs() throws IOException {
        try {
            return LedgerDirectory.find(data);
        } catch (LedgerException e) {
            return Set.of(); // a process that keeps no ledger, or not yet
        }
    }
}
