package com.keeptrusts.gateway.audit.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The requests that were accepted and are not ended, as far as this log knows. One thread notes; the others may ask at
 * any time. An end may come before its beginning, which a spool hands on later: it is remembered for ten minutes or more.
 */
public final class OpenRequests {

    static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(10);

    /** How long after a request's deadline its last record may still be on its way. */
    static final Duration GRACE = Duration.ofSeconds(30);

    /** A request without an end. */
    public record Open(String requestId, String entryId, int seq, Instant due) {}

    private static final byte[] NO_HASH = new byte[Long.BYTES];

    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private final RecentIds endedFirst = new RecentIds();

    /** Tells of an entry that is durable. */
    void note(LeafHead head) {
        switch (head.type()) {
            case LeafHead.ACCEPTED -> {
                if (head.of() == 0 && !head.requestId().isEmpty() && endedFirst.find(head.requestId()) == null) {
                    open.put(head.requestId(), new Open(head.requestId(), head.id(), head.seq(), due(head)));
                }
            }
            case LeafHead.OUTCOME, LeafHead.ORPHANED -> {
                if (open.remove(head.requestId()) == null && !head.requestId().isEmpty()) {
                    endedFirst.add(head.requestId(), 0, NO_HASH);
                }
            }
            default -> {}
        }
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
