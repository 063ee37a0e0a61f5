package com.keeptrusts.gateway.audit.ledger;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a writer must know again after a start, from the end of its log. Two hours of it reach back to every request
 * that the last run can have left open, because each run records at its start those that the one before left.
 */
final class LogTail {

    private static final Duration REACH = Duration.ofHours(2);
    private static final long MOST = 1_000_000;
    private static final long STEP = 16L * TilePath.FULL;

    private final EntryLog log;
    private final long size;

    LogTail(EntryLog log) {
        this.log = log;
        this.size = log.size();
    }

    void replay(RecentIds ids, OpenRequests open, ToldFacts told) throws IOException {
        if (size == 0) {
            return;
        }
        long start = start();
        beginning(start, told);
        try (EntryCursor cursor = log.cursor(start)) {
            for (LedgerEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
                told.note(entry);
                ids.add(entry.head().id(), entry.index(), entry.leafHash());
                open.note(entry.head());
            }
        }
    }

    /** Promises are made when a log is opened, as a rule: the first bundle that is left may tell of one. */
    private void beginning(long end, ToldFacts told) throws IOException {
        try (EntryCursor cursor = log.cursor(0)) {
            long last = Math.min(end, cursor.index() + TilePath.FULL);
            while (cursor.index() < last) {
                LedgerEntry entry = cursor.next();
                if (entry == null) {
                    return;
                }
                told.note(entry);
            }
        }
    }

    private long start() throws IOException {
        Instant wanted = timeAt(size - 1).minus(REACH);
        long from = size - 1 - (size - 1) % TilePath.FULL;
        while (from > 0 && size - from < MOST && timeAt(from).isAfter(wanted)) {
            from = Math.max(0, from - STEP);
        }
        return from;
    }

    private Instant timeAt(long index) throws IOException {
        try (EntryCursor cursor = log.cursor(index)) {
            @Nullable LedgerEntry entry = cursor.next();
            return entry == null ? Instant.EPOCH : entry.time();
        }
    }
}
