package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.index.IndexRange;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries of all logs below a directory as one sequence by time, which is each log's own order within that log.
 * Holds one entry of each log at a time, so logs may be of any length and may be growing. Not thread-safe.
 */
public final class LedgerReader implements Closeable {

    private final List<RangeCursor> quiet = new ArrayList<>();
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(Comparator.comparing((Head head) -> head.entry().time())
                    .thenComparing(head -> head.entry().origin()));

    /** The next entry of a log that had one. */
    private record Head(LedgerEntry entry, RangeCursor cursor) {}

    private LedgerReader() {}

    /** Opens one log, or all that stand directly below a directory or below its {@code audit} directory. */
    public static LedgerReader open(Path place) throws IOException {
        return open(place, _ -> List.of(IndexRange.from(0)));
    }

    /**
     * Opens as {@link #open(Path)}, where only what may match the query is read, as far as the index tells. The query
     * must be given to {@link #read} as well.
     */
    public static LedgerReader open(Path place, EventQuery query) throws IOException {
        return open(place, log -> QueryRanges.of(log, query));
    }

    /** Opens so that {@link #last} finds as many matching entries as the query's limit says, or all that there are. */
    public static LedgerReader openBeforeEnd(Path place, EventQuery query) throws IOException {
        return open(place, log -> QueryRanges.last(log, query));
    }

    /** Where to read in a log. */
    private interface Ranges {
        List<IndexRange> of(LedgerDirectory log) throws IOException;
    }

    private static LedgerReader open(Path place, Ranges ranges) throws IOException {
        var reader = new LedgerReader();
        try {
            for (LedgerDirectory log : LedgerDirectory.find(place)) {
                reader.quiet.add(new RangeCursor(log, ranges.of(log)));
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
        while (query.limit() == 0 || given < query.limit()) {
            LedgerEntry entry = next(query, Integer.MAX_VALUE);
            if (entry == null) {
                return;
            }
            given++;
            taker.accept(entry);
        }
    }

    /** The next matching entry among so many that are there now, or null; {@link #wake} looks for what came since. */
    @Nullable
    LedgerEntry next(EventQuery query, int among) throws IOException {
        for (int left = among; left > 0 && !heads.isEmpty(); left--) {
            Head head = heads.remove();
            advance(head.cursor());
            if (query.matches(head.entry())) {
                return head.entry();
            }
        }
        return null;
    }

    /** Whether everything was given that was there at the last look. */
    boolean atEnd() {
        return heads.isEmpty();
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

    /** Looks whether logs that had come to their end go on. */
    void wake() throws IOException {
        var waiting = new ArrayList<>(quiet);
        quiet.clear();
        for (RangeCursor cursor : waiting) {
            advance(cursor);
        }
    }

    private void advance(RangeCursor cursor) throws IOException {
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
        for (RangeCursor cursor : quiet) {
            cursor.close();
        }
    }
}
