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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy worker that reviews a stream: the same one from the beginning to the end, for it remembers. When a worker of
 * another node is lost, another is told the stream from its beginning and goes on in its place.
 */
final class RemoteReviewer implements StreamReviewer {

    private static final int MOST_MOVES = 3;

    private final String requestId;
    private final PolicyStep step;
    private final Workers workers;
    private final Bus bus;
    private final String node;
    private final Duration prompt;
    private final Duration limit;
    private final List<Worker> tried = new ArrayList<>(1);
    private final ReviewedSoFar soFar = new ReviewedSoFar();
    private Future<Worker> opened;
    private long seq;
    private boolean closed;

    /** Opens the stream at once, so that the worker is ready when the first text comes. */
    RemoteReviewer(String requestId, PolicyStep step, Workers workers, Bus bus, String node, IngressTimings timings) {
        this.requestId = requestId;
        this.step = step;
        this.workers = workers;
        this.bus = bus;
        this.node = node;
        this.prompt = timings.policyHop();
        this.limit = timings.streamHop();
        this.opened = pool().find(List.of(), timings.workerWait()).compose(this::openOrNext);
    }

    @Override
    public Future<StreamReleased> feed(List<TrackText> texts, boolean end) {
        return opened.compose(worker -> {
            boolean near = worker.node().equals(node); // it does not die alone
            if (!near) {
                soFar.tell(texts);
            }
            Future<StreamReleased> released = tell(worker, texts, end);
            return near ? released : released.onSuccess(soFar::take).recover(cause -> elsewhere(cause, end));
        });
    }

    @Override
    public int retries() {
        return Math.max(0, tried.size() - 1);
    }

    @Override
    public void close() {
        closed = true;
        opened.onSuccess(this::dismiss);
    }

    private Future<StreamReleased> tell(Worker worker, List<TrackText> texts, boolean end) {
        var piece = new StreamText(requestId, deadline(), step.kind(), seq++, texts, end);
        var address = Address.ofStreamText(worker.address());
        return worker.node().equals(node)
                ? workers.ask(worker, address, piece, limit)
                : workers.askPatiently(worker, address, piece, prompt, limit); // another can step in
    }

    private Future<StreamReleased> elsewhere(Throwable cause, boolean end) {
        Worker other = other();
        if (!(cause instanceof BusException) || closed || !soFar.repeatable() || other == null) {
            return Future.failedFuture(cause);
        }
        opened.onSuccess(worker -> {
            if (worker != other) {
                dismiss(worker);
            }
        });
        opened = open(other);
        seq = 0;
        return opened.compose(worker -> tell(worker, soFar.whole(), end))
                .map(soFar::news)
                .onSuccess(soFar::take)
                .recover(again -> elsewhere(again, end));
    }

    private @Nullable Worker other() {
        if (tried.size() > MOST_MOVES) {
            return null;
        }
        Worker untried = pool().best(tried);
        return untried == null ? pool().best(List.of()) : untried;
    }

    /** Nothing was reviewed yet, so that any other will do; nodes may die together. */
    private Future<Worker> openOrNext(@Nullable Worker worker) {
        return open(worker).recover(gone -> {
            Worker next = tried.size() > MOST_MOVES ? null : pool().best(tried);
            return next == null ? Future.failedFuture(gone) : openOrNext(next);
        });
    }

    private Future<Worker> open(@Nullable Worker worker) {
        if (worker == null) {
            return Future.failedFuture(new BusException(BusException.Reason.NO_ONE_THERE, step.kind()));
        }
        tried.add(worker);
        Duration patience = pool().best(tried) == null ? limit : prompt;
        var question = new StreamOpen(requestId, Deadline.in(node, patience.toMillis()), step);
        return workers.ask(worker, Address.ofStreamOpen(worker.address()), question, patience)
                .map(worker);
    }

    /** Should it only have been slow, it need not keep the stream. */
    private void dismiss(Worker worker) {
        bus.tell(Address.ofStreamClose(worker.address()), new StreamClose(requestId, step.kind()));
    }

    private WorkerPool pool() {
        return workers.policies(step.kind());
    }

    private Deadline deadline() {
        return Deadline.in(node, limit.toMillis());
    }
}
