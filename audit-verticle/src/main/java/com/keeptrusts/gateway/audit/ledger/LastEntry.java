package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.segment.LedgerException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a log's last entry says about going on. */
final class LastEntry {

    private static final String CLOSED = "log.closed";

    private LastEntry() {}

    /**
     * Returns when more may follow.
     *
     * @throws LedgerException when the log was retired
     */
    static void refuseRetired(LedgerDirectory directory, EntryLog entries) throws IOException {
        if (entries.size() == 0) {
            return;
        }
        try (EntryCursor cursor = entries.cursor(entries.size() - 1)) {
            @Nullable LedgerEntry last = cursor.next();
            if (last != null && last.head().type().equals(CLOSED)) {
                throw new LedgerException(directory.path() + ": retired, nothing can follow its last entry (expected: "
                        + "another directory for the writer, as 'kt events retire' leaves it)");
            }
        }
    }
}
