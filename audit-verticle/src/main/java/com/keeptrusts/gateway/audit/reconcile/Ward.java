package com.keeptrusts.gateway.audit.reconcile;

import com.keeptrusts.gateway.audit.ledger.OpenRequests;
import com.keeptrusts.gateway.contract.OpenRequest;
import com.keeptrusts.gateway.contract.OpenRequestsHeard;
import com.keeptrusts.gateway.contract.OpenRequestsTold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What another writer has open, as far as it has told, and which of it has ended here. Not thread-safe. */
final class Ward {

    private static final int MOST_OPEN = 100_000;
    private static final int MOST_ENDED = 10_000;

    private final Map<String, OpenRequests.Open> open = new LinkedHashMap<>();
    private final Set<String> ended = new LinkedHashSet<>();
    private long nextPart;

    /** Takes a part of what the writer tells, and tells it what has ended here. */
    OpenRequestsHeard hear(OpenRequestsTold told, Predicate<String> endedHere) {
        if (told.part() != 0 && told.part() != nextPart) {
            nextPart = 0;
            return new OpenRequestsHeard(0, List.of());
        }
        if (told.part() == 0) {
            open.clear();
        }
        nextPart = told.part() + 1;
        told.opened().stream()
                .limit(MOST_OPEN - open.size())
                .forEach(request -> open.put(request.requestId(), read(request)));
        told.ended().forEach(open::remove);
        List<String> closed = open.keySet().stream()
                .filter(request -> ended.contains(request) || endedHere.test(request))
                .toList();
        closed.forEach(this::ends);
        return new OpenRequestsHeard(nextPart, closed);
    }

    /** Those that should have ended by then. */
    List<OpenRequests.Open> overdue(Instant then) {
        return open.values().stream()
                .filter(request -> request.due().isBefore(then))
                .toList();
    }

    boolean isEmpty() {
        return open.isEmpty() && ended.isEmpty();
    }

    /** It is open no more, for its end stands here. */
    void ends(String requestId) {
        open.remove(requestId);
        ended.add(requestId);
        if (ended.size() > MOST_ENDED) {
            ended.remove(ended.iterator().next());
        }
    }

    /** It is no concern of this writer any more. */
    void forget(String requestId) {
        open.remove(requestId);
    }

    /** Which requests of the writer have ended here, those of late. */
    List<String> ended(Predicate<String> endedHere) {
        List<String> known = new ArrayList<>(ended);
        open.keySet().stream().filter(endedHere).forEach(known::add);
        return known;
    }

    private static OpenRequests.Open read(OpenRequest request) {
        return new OpenRequests.Open(
                request.requestId(), request.entryId(), request.seq(), Instant.ofEpochMilli(request.dueMillis()));
    }
}
