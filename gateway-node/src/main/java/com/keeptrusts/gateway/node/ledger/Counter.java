package com.keeptrusts.gateway.node.ledger;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Where reads wait for a thread, and how many may at most. Runs on one event loop. */
final class Counter {

    private final WorkerExecutor workers;
    private final int most;
    private int busy;

    Counter(WorkerExecutor workers, int most) {
        this.workers = workers;
        this.most = most;
    }

    /** Serves one reader from begin to end, or fails with a {@link LedgerRefusal} at once. */
    <T> Future<T> serve(Supplier<Future<T>> work) {
        if (busy >= most) {
            return Future.failedFuture(LedgerRefusal.busy());
        }
        busy++;
        return begun(work).onComplete(_ -> busy--);
    }

    private static <T> Future<T> begun(Supplier<Future<T>> work) {
        try {
            return work.get();
        } catch (LedgerRefusal refusal) {
            return Future.failedFuture(refusal);
        }
    }

    /** What blocks. */
    <T> Future<T> read(Callable<T> work) {
        return workers.executeBlocking(work, false);
    }
}
