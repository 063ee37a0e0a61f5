package com.keeptrusts.gateway.audit.reconcile;

import com.keeptrusts.gateway.audit.ledger.OpenRequests;
import com.keeptrusts.gateway.audit.witness.PeerWriters;
import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.OpenRequest;
import com.keeptrusts.gateway.contract.OpenRequestsHeard;
import com.keeptrusts.gateway.contract.OpenRequestsTold;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells the other writers, each second, which requests are open in this log and which are no more; and hears from them
 * which of these have ended in theirs. What began and ended within a second is never told. Confined to one event loop.
 */
public final class OpenTeller {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** So many in one message, about half a megabyte; the rest goes with the next. */
    private static final int MOST_AT_ONCE = 5_000;

    private static final int MOST_LISTENERS = 16;

    private final Vertx vertx;
    private final String node;
    private final String self;
    private final OpenRequests requests;
    private final PeerWriters peers;
    private final Map<String, Listener> listeners = new HashMap<>();

    /** What one writer has been told. */
    private static final class Listener {

        private long part;
        private final Set<String> told = new HashSet<>();
        private boolean asked;
    }

    /**
     * Tells of one log's requests.
     *
     * @param self address of its writer
     */
    public OpenTeller(Vertx vertx, String node, String self, OpenRequests requests, PeerWriters peers) {
        this.vertx = vertx;
        this.node = node;
        this.self = self;
        this.requests = requests;
        this.peers = peers;
    }

    /** To be called each second; completes when everyone was told or did not answer. Never fails. */
    public Future<Void> tick() {
        List<String> live = peers.live().stream().limit(MOST_LISTENERS).toList();
        listeners.keySet().retainAll(live);
        if (live.isEmpty()) {
            return Future.succeededFuture();
        }
        Map<String, OpenRequests.Open> open = new HashMap<>();
        requests.all().forEach(request -> open.put(request.requestId(), request));
        List<Future<Void>> told = new ArrayList<>();
        for (String writer : live) {
            told.add(tell(writer, listeners.computeIfAbsent(writer, _ -> new Listener()), open));
        }
        return Future.join(told).transform(_ -> Future.succeededFuture());
    }

    private Future<Void> tell(String writer, Listener listener, Map<String, OpenRequests.Open> open) {
        if (listener.asked || (open.isEmpty() && listener.told.isEmpty())) {
            return Future.succeededFuture();
        }
        List<OpenRequest> opened = open.values().stream()
                .filter(request -> !listener.told.contains(request.requestId()))
                .limit(MOST_AT_ONCE)
                .map(OpenTeller::message)
                .toList();
        List<String> ended = listener.told.stream()
                .filter(request -> !open.containsKey(request))
                .limit(MOST_AT_ONCE)
                .toList();
        listener.asked = true;
        var part = new OpenRequestsTold(Deadline.in(node, LIMIT.toMillis()), self, node, listener.part, opened, ended);
        return Bus.of(vertx)
                .ask(Address.ofOpenRequests(writer), part, LIMIT)
                .onComplete(done -> {
                    listener.asked = false;
                    if (done.succeeded()) {
                        heard(listener, part, done.result());
                    } else {
                        begin(listener); // whether it was heard is not known
                    }
                })
                .mapEmpty();
    }

    private void heard(Listener listener, OpenRequestsTold part, OpenRequestsHeard answer) {
        requests.endedElsewhere(answer.ended());
        if (answer.nextPart() != part.part() + 1) {
            begin(listener);
            return;
        }
        listener.part = answer.nextPart();
        part.opened().forEach(request -> listener.told.add(request.requestId()));
        part.ended().forEach(listener.told::remove);
    }

    private static void begin(Listener listener) {
        listener.part = 0;
        listener.told.clear();
    }

    private static OpenRequest message(OpenRequests.Open open) {
        return new OpenRequest(
                open.requestId(), open.entryId(), open.seq(), open.due().toEpochMilli());
    }
}
