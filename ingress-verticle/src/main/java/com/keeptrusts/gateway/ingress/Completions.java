package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.CompletionCall;
import com.keeptrusts.gateway.contract.CompletionEvent;
import com.keeptrusts.gateway.contract.Registration;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The model calls of one ingress instance, and the one address where all their events arrive. */
final class Completions implements Heartbeat.Beat {

    private static final Logger LOG = LoggerFactory.getLogger(Completions.class);

    private final Bus bus;
    private final String address;
    private final Workers workers;
    private final IngressTimings timings;
    private final Map<String, Open> open = new HashMap<>();

    Completions(Vertx vertx, String address, Workers workers, IngressTimings timings) {
        this.bus = Bus.of(vertx);
        this.address = address;
        this.workers = workers;
        this.timings = timings;
        workers.onLoss(this::lost);
    }

    String address() {
        return address;
    }

    Future<Registration> listen() {
        return bus.listen(Address.ofIngress(address), this::accept);
    }

    int size() {
        return open.size();
    }

    /** Begins a model call; the listener hears of it from the next turn on. */
    Completion start(
            String requestId, long totalMillis, IntFunction<CompletionCall> calls, CompletionListener listener) {
        var completion =
                new Completion(requestId, workers, bus, calls, timings, listener, () -> open.remove(requestId));
        open.put(requestId, new Open(completion, System.nanoTime() + totalMillis * 1_000_000));
        completion.begin();
        return completion;
    }

    @Override
    public void beat(long nowNanos) {
        for (Open one : List.copyOf(open.values())) {
            if (nowNanos - one.untilNanos() > 0) {
                one.completion().expire();
            } else {
                one.completion().beat(nowNanos);
            }
        }
    }

    private void accept(CompletionEvent event) {
        Open one = open.get(event.requestId());
        if (one == null) {
            return;
        }
        try {
            one.completion().accept(event);
        } catch (RuntimeException e) { // nobody else would hear of it, and the client would wait
            LOG.error("{}: a part of its answer could not be handled", event.requestId(), e);
            one.completion().fault();
        }
    }

    private void lost(Worker gone) {
        List.copyOf(open.values()).forEach(one -> one.completion().lost(gone));
    }

    /** A call that runs, and until when. */
    private record Open(Completion completion, long untilNanos) {}
}
