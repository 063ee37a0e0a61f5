package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.StreamClose;
import com.keeptrusts.gateway.contract.StreamOpen;
import com.keeptrusts.gateway.contract.StreamReleased;
import com.keeptrusts.gateway.contract.StreamText;
import com.keeptrusts.gateway.contract.TrackText;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A policy worker that reviews a stream: the same one from the beginning to the end, for it remembers. */
final class RemoteReviewer implements StreamReviewer {

    private final String requestId;
    private final PolicyStep step;
    private final Workers workers;
    private final Bus bus;
    private final String node;
    private final Duration limit;
    private final Future<Worker> opened;
    private @Nullable Worker firstTried;

    /** Opens the stream at once, so that the worker is ready when the first text comes. */
    RemoteReviewer(String requestId, PolicyStep step, Workers workers, Bus bus, String node, IngressTimings timings) {
        this.requestId = requestId;
        this.step = step;
        this.workers = workers;
        this.bus = bus;
        this.node = node;
        this.limit = timings.streamHop();
        WorkerPool pool = workers.policies(step.kind());
        this.opened =
                pool.find(List.of(), timings.workerWait()).compose(this::open).recover(_ -> open(pool.best(tried())));
    }

    @Override
    public Future<StreamReleased> feed(long seq, List<TrackText> texts, boolean end) {
        return opened.compose(worker -> {
            var piece = new StreamText(requestId, deadline(), step.kind(), seq, texts, end);
            return workers.ask(worker, Address.ofStreamText(worker.address()), piece, limit);
        });
    }

    @Override
    public void close() {
        opened.onSuccess(
                worker -> bus.tell(Address.ofStreamClose(worker.address()), new StreamClose(requestId, step.kind())));
    }

    private List<Worker> tried() {
        Worker first = firstTried;
        return first == null ? List.of() : List.of(first);
    }

    private Future<Worker> open(@Nullable Worker worker) {
        if (worker == null) {
            return Future.failedFuture(new BusException(BusException.Reason.NO_ONE_THERE, step.kind()));
        }
        firstTried = worker;
        return workers.ask(
                        worker,
                        Address.ofStreamOpen(worker.address()),
                        new StreamOpen(requestId, deadline(), step),
                        limit)
                .map(worker);
    }

    private Deadline deadline() {
        return Deadline.in(node, limit.toMillis());
    }
}
