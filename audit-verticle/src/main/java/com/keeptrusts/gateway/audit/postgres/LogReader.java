package com.keeptrusts.gateway.audit.postgres;

import com.keeptrusts.gateway.audit.ledger.EntryCursor;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads one log a page at a time, each page by a connection of the pool. Checks nothing but that no index is missing. */
final class LogReader implements EntryCursor {

    /** Rows at a time: at most 16 MB of leaves. */
    static final int PAGE = 256;

    private static final String ROWS = """
            select idx, leaf from keeptrusts_audit.entry
            where writer = $1 and idx >= $2 order by idx limit\s""" + PAGE;

    private static final String PRUNED =
            "select coalesce(max(n) + 1, 0) * 256 from keeptrusts_audit.bundle where writer = $1";

    private final Pool pool;
    private final Duration limit;
    private final UUID writer;
    private final String origin;
    private final ArrayDeque<byte[]> ahead = new ArrayDeque<>();
    private long index;

    private LogReader(Pool pool, Duration limit, UUID writer, String origin, long index) {
        this.pool = pool;
        this.limit = limit;
        this.writer = writer;
        this.origin = origin;
        this.index = index;
    }

    /** Begins at an index, or at the first entry that was not pruned. */
    static LogReader open(Pool pool, Duration limit, UUID writer, String origin, long from) throws IOException {
        RowSet<Row> pruned = Answers.await(pool.preparedQuery(PRUNED).execute(Tuple.of(writer)), limit);
        return new LogReader(
                pool,
                limit,
                writer,
                origin,
                Math.max(from, pruned.iterator().next().getLong(0)));
    }

    @Override
    public @Nullable LedgerEntry next() throws IOException {
        long at = index;
        byte[] leaf = nextLeaf();
        return leaf == null ? null : LedgerEntry.of(origin, at, leaf, false);
    }

    @Override
    public byte @Nullable [] nextLeaf() throws IOException {
        if (ahead.isEmpty()) {
            readMore();
        }
        byte[] leaf = ahead.pollFirst();
        if (leaf != null) {
            index++;
        }
        return leaf;
    }

    private void readMore() throws IOException {
        long expected = index;
        for (Row row : Answers.await(pool.preparedQuery(ROWS).execute(Tuple.of(writer, index)), limit)) {
            if (row.getLong(0) != expected) {
                ahead.clear();
                throw new LedgerException("log " + origin + ": acknowledged data is missing: entry " + expected
                        + " is not in the database");
            }
            ahead.add(row.getBuffer(1).getBytes());
            expected++;
        }
    }

    @Override
    public long index() {
        return index;
    }

    @Override
    public void close() {
        ahead.clear();
    }
}
