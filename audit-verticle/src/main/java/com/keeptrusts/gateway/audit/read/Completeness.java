package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.IdTable;
import com.keeptrusts.gateway.audit.ledger.LeafHead;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.ledger.OpenRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether every request that was accepted has its end, over all logs together. Takes entries in any order and keeps
 * open requests and, in a few dozen bytes each, the ids of all entries.
 */
final class Completeness {

    /** Reconcilers look every thirty seconds; a minute after a request's last moment its end must be there. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final int LISTED = 20;

    /** No request takes longer from its first record to its last. */
    private static final Duration LONGEST = Duration.ofHours(2);

    private final Instant now;
    private Instant prunedUntil = Instant.EPOCH;
    private final Map<String, Progress> open = new HashMap<>();
    private final IdTable ids = new IdTable();
    private final IdTable ended = new IdTable();
    private long requests;
    private long orphaned;
    private long duplicates;
    private long endedTwice;
    private final List<String> findings = new ArrayList<>();

    /** What was seen of a request: a bit for each position, and how many there are to be. */
    private record Progress(long seen, int of, Instant due, Instant first) {

        boolean complete() {
            return of > 0 && seen == (1L << of) - 1;
        }

        String missing() {
            long gaps = ~seen;
            int first = Long.numberOfTrailingZeros(gaps);
            return of == 0 ? "no outcome and no orphaned record" : "record " + first + " of " + of + " is missing";
        }
    }

    Completeness(Instant now) {
        this.now = now;
    }

    void note(LedgerEntry entry) {
        LeafHead head = entry.head();
        if (head.id().isEmpty()) {
            return; // no entry of ours; integrity speaks of it where it was altered
        }
        IdTable.Known known = ids.find(head.id());
        if (known != null) {
            if (known.hasHash(entry.leafHash())) {
                duplicates++;
            } else {
                findings.add(
                        "entry " + entry.index() + " of " + entry.origin() + " has the id of another: " + head.id());
            }
            return;
        }
        ids.put(head.id(), entry.index(), entry.leafHash());
        if (!head.requestId().isEmpty() && head.type().startsWith("request.")) {
            noteRequest(head);
        }
    }

    private void noteRequest(LeafHead head) {
        if (head.type().equals(LeafHead.ORPHANED)) {
            orphaned++;
        }
        if (ended.find(head.requestId()) != null) {
            endedTwice++;
            return;
        }
        Progress before = open.getOrDefault(head.requestId(), new Progress(0, 0, Instant.EPOCH, Instant.MAX));
        Instant due = OpenRequests.due(head);
        var progress = new Progress(
                before.seen() | 1L << Math.clamp(head.seq(), 0, 62),
                Math.max(before.of(), Math.clamp(head.of(), 0, 62)),
                due.isAfter(before.due()) ? due : before.due(),
                head.time().isBefore(before.first()) ? head.time() : before.first());
        if (progress.complete()) {
            requests++;
            open.remove(head.requestId());
            ended.put(head.requestId(), 0, new byte[Long.BYTES]);
        } else {
            open.put(head.requestId(), progress);
        }
    }

    /** Tells that entries up to this moment were removed, so that a request may have its end only. */
    void pruned(Instant until) {
        prunedUntil = until.isAfter(prunedUntil) ? until : prunedUntil;
    }

    /** Whether only earlier records are missing, and those may have been among the removed. */
    private boolean beganInPruned(Progress progress) {
        boolean ends = progress.of() > 0 && (progress.seen() >>> (progress.of() - 1) & 1) == 1;
        return ends
                && (progress.seen() & 1) == 0
                && progress.first().minus(LONGEST).isBefore(prunedUntil);
    }

    VerificationReport.Completeness report() {
        var missing = new ArrayList<>(findings);
        long pending = 0;
        for (Map.Entry<String, Progress> request : open.entrySet()) {
            if (beganInPruned(request.getValue())) {
                requests++;
            } else if (request.getValue().due().plus(GRACE).isBefore(now)) {
                missing.add("request " + request.getKey() + ": "
                        + request.getValue().missing());
            } else {
                pending++;
            }
        }
        List<String> listed = missing.stream().limit(LISTED).toList();
        return new VerificationReport.Completeness(
                requests, orphaned, pending, duplicates, endedTwice, missing.size(), listed);
    }
}
