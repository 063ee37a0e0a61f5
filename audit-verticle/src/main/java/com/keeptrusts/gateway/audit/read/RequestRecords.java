package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.index.LedgerIndex;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All that a ledger says of one request. */
public final class RequestRecords {

    /** A request has two records, and seldom a third from a reconciler; more than this is not one request's. */
    private static final int MOST = 256;

    private RequestRecords() {}

    /** A record and the log that holds it. */
    public record Found(LedgerDirectory log, LedgerEntry entry) {}

    /**
     * The records of a request, over all logs, in order of time; or the one entry that has this id. Empty when there is
     * nothing. Looks where the index points to and reads what it does not cover.
     */
    public static List<Found> of(Path place, String requestOrEntryId) throws IOException {
        var found = new ArrayList<Found>();
        String literal = '"' + requestOrEntryId + '"'; // ids have nothing that JSON escapes
        for (LedgerDirectory log : LedgerDirectory.find(place)) {
            var ranges = LedgerIndex.open(log).mayBeOf(requestOrEntryId);
            try (var cursor = new RangeCursor(log, ranges, leaf -> !holds(leaf, literal))) {
                LedgerEntry entry = cursor.next();
                for (; entry != null && found.size() < MOST; entry = cursor.next()) {
                    if (entry.head().requestId().equals(requestOrEntryId)
                            || entry.head().id().equals(requestOrEntryId)) {
                        found.add(new Found(log, entry));
                    }
                }
            }
        }
        found.sort(Comparator.comparing((Found one) -> one.entry().time())
                .thenComparingInt(one -> one.entry().head().seq()));
        return List.copyOf(found);
    }

    private static boolean holds(byte[] leaf, String ascii) {
        return new String(leaf, StandardCharsets.ISO_8859_1).contains(ascii);
    }
}
