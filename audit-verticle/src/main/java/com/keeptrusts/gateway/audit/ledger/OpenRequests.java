package com.keeptrusts.gateway.audit.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The requests that were accepted and are not ended, as far as this log knows, and those that ended in it and were
 * accepted elsewhere, or are accepted later: what a spool hands on may come behind its end. Thread-safe.
 */
public final class OpenRequests {

    static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(10);

    /** How long after a request's deadline its last record may still be on its way. */
    static final Duration GRACE = Duration.ofSeconds(30);

    private static final int MOST_ENDED_ELSEWHERE = 100_000;

    /** A request without an end. */
    public record Open(String requestId, String entryId, int seq, Instant due) {}

    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private final Set<String> strangers = new LinkedHashSet<>();

    /** Tells of an entry that is durable. */
    void note(LeafHead head) {
        switch (head.type()) {
            case LeafHead.ACCEPTED -> {
                if (head.of() == 0 && !head.requestId().isEmpty() && !endedHere(head.requestId())) {
                    open.put(head.requestId(), new Open(head.requestId(), head.id(), head.seq(), due(head)));
                }
            }
            case LeafHead.OUTCOME, LeafHead.ORPHANED -> {
                if (open.remove(head.requestId()) == null && head.seq() > 0) {
                    noteStranger(head.requestId());
                }
            }
            default -> {}
        }
    }

    private void noteStranger(String requestId) {
        synchronized (strangers) {
            strangers.add(requestId);
            Iterator<String> oldest = strangers.iterator();
            while (strangers.size() > MOST_ENDED_ELSEWHERE) {
                oldest.next();
                oldest.remove();
            }
        }
    }

    /** Whether a request that was accepted in another log has its end in this one; the last 100,000 are known. */
    public boolean endedHere(String requestId) {
        synchronized (strangers) {
            return strangers.contains(requestId);
        }
    }

    /** Tells that these have their end in another log. */
    public void endedElsewhere(Collection<String> requestIds) {
        requestIds.forEach(open::remove);
    }

    /** All of them, in no order. */
    public List<Open> all() {
        return List.copyOf(open.values());
    }

    /** Those that should have ended by now. */
    List<Open> overdue(Instant now) {
        return open.values().stream()
                .filter(request -> request.due().isBefore(now))
                .toList();
    }

    public int count() {
        return open.size();
    }

    /** When an accepted request must have ended. */
    public static Instant due(LeafHead accepted) {
        Duration deadline =
                accepted.deadlineMillis() > 0 ? Duration.ofMillis(accepted.deadlineMillis()) : DEFAULT_DEADLINE;
        return accepted.time().plus(deadline).plus(GRACE);
    }
}
