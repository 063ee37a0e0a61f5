package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.index.IndexRange;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.ledger.LogCursor;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks some ranges of one log, in order and each entry once. At the end of a range without an end {@link #next} gives
 * null and may be asked again later.
 */
final class RangeCursor implements Closeable {

    /** Reading on over so many entries costs less than opening the log anew behind them. */
    private static final long WORTH_A_JUMP = 512;

    private final LedgerDirectory log;
    private final Deque<IndexRange> ranges;
    private final Predicate<byte[]> needless;
    private @Nullable LogCursor cursor;

    RangeCursor(LedgerDirectory log, List<IndexRange> ranges) {
        this(log, ranges, _ -> false);
    }

    /** Leaves that are needless are passed over, which costs less than to look into them. */
    RangeCursor(LedgerDirectory log, List<IndexRange> ranges, Predicate<byte[]> needless) {
        this.log = log;
        this.ranges = new ArrayDeque<>(ranges);
        this.needless = needless;
    }

    @Nullable
    LedgerEntry next() throws IOException {
        while (!ranges.isEmpty()) {
            IndexRange range = ranges.getFirst();
            LogCursor at = at(range.from());
            at.skip(range.to(), needless);
            LedgerEntry entry = at.index() < range.to() ? at.next() : null;
            if (entry == null && range.to() == Long.MAX_VALUE) {
                return null;
            }
            if (entry == null || entry.index() >= range.to()) {
                ranges.removeFirst();
            } else if (entry.index() >= range.from()) {
                return entry;
            }
        }
        return null;
    }

    private LogCursor at(long index) throws IOException {
        LogCursor open = cursor;
        if (open == null || open.index() + WORTH_A_JUMP < index) {
            close();
            open = LogCursor.open(log, index);
            cursor = open;
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }
}
