package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.ledger.LogCursor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * The entries of all logs below a directory as one sequence by time, which is each log's own order within that log.
 * Holds one entry of each log at a time, so logs may be of any length and may be growing. Not thread-safe.
 */
public final class LedgerReader implements Closeable {

    private final List<LogCursor> quiet = new ArrayList<>();
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(Comparator.comparing((Head head) -> head.entry().time())
                    .thenComparing(head -> head.entry().origin()));

    /** The next entry of a log that had one. */
    private record Head(LedgerEntry entry, LogCursor cursor) {}

    private LedgerReader() {}

    /** Opens one log, or all that stand directly below a directory or below its {@code audit} directory. */
    public static LedgerReader open(Path place) throws IOException {
        var reader = new LedgerReader();
        try {
            for (LedgerDirectory log : LedgerDirectory.find(place)) {
                reader.quiet.add(LogCursor.open(log, 0));
            }
            return reader;
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** Gives every matching entry that is there now and was not given before, up to the query's limit. */
    public void read(EventQuery query, Consumer<LedgerEntry> taker) throws IOException {
        wake();
        int given = 0;
        while (!heads.isEmpty() && (query.limit() == 0 || given < query.limit())) {
            Head head = heads.remove();
            advance(head.cursor());
            if (query.matches(head.entry())) {
                given++;
                taker.accept(head.entry());
            }
        }
    }

    /** The last matching entries, oldest first. */
    public List<LedgerEntry> last(EventQuery query) throws IOException {
        var kept = new ArrayDeque<LedgerEntry>();
        read(query.withLimit(0), entry -> {
            kept.add(entry);
            if (query.limit() > 0 && kept.size() > query.limit()) {
                kept.removeFirst();
            }
        });
        return List.copyOf(kept);
    }

    private void wake() throws IOException {
        var waiting = new ArrayList<>(quiet);
        quiet.clear();
        for (LogCursor cursor : waiting) {
            advance(cursor);
        }
    }

    private void advance(LogCursor cursor) throws IOException {
        LedgerEntry next = cursor.next();
        if (next == null) {
            quiet.add(cursor);
        } else {
            heads.add(new Head(next, cursor));
        }
    }

    @Override
    public void close() throws IOException {
        heads.forEach(head -> quiet.add(head.cursor()));
        heads.clear();
        for (LogCursor cursor : quiet) {
            cursor.close();
        }
    }
}
