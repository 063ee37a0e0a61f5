package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.index.IndexRange;
import com.keeptrusts.gateway.audit.index.LedgerIndex;
import com.keeptrusts.gateway.audit.index.SignedSize;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import java.io.IOException;
import java.util.List;

/** Where to read in a log for a query. */
final class QueryRanges {

    private static final long FIRST_LOOK = 1_024;
    private static final long WIDER = 8;

    private QueryRanges() {}

    static List<IndexRange> of(LedgerDirectory log, EventQuery query) throws IOException {
        LedgerIndex index = LedgerIndex.open(log);
        return query.requestId() == null
                ? index.mayBeWithin(query.since(), query.until())
                : index.mayBeOf(query.requestId());
    }

    /** Looks back from the end, further and further, until enough is there. */
    static List<IndexRange> last(LedgerDirectory log, EventQuery query) throws IOException {
        if (query.limit() == 0 || query.requestId() != null) {
            return of(log, query);
        }
        long first = LogFacts.read(log.facts()).minimumIndex();
        long end = SignedSize.of(log);
        for (long width = Math.max(FIRST_LOOK, query.limit()); ; width *= WIDER) {
            List<IndexRange> behind = behind(of(log, query), Math.max(first, end - width));
            if (end - width <= first || holds(log, behind, query)) {
                return behind;
            }
        }
    }

    private static List<IndexRange> behind(List<IndexRange> ranges, long from) {
        return ranges.stream()
                .filter(range -> range.to() > from)
                .map(range -> new IndexRange(Math.max(range.from(), from), range.to()))
                .toList();
    }

    private static boolean holds(LedgerDirectory log, List<IndexRange> ranges, EventQuery query) throws IOException {
        int found = 0;
        try (var cursor = new RangeCursor(log, ranges)) {
            for (LedgerEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
                found += query.matches(entry) ? 1 : 0;
                if (found >= query.limit()) {
                    return true;
                }
            }
        }
        return false;
    }
}
