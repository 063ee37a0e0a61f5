package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.index.IndexKeeper;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.read.RequestRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Finds a request in a ledger that nobody may have indexed for long. */
final class RequestLookup {

    private static final int RUNS_AT_ONCE = 64;

    private RequestLookup() {}

    /** Brings the index up to date first: that reads no more than the search without it would. */
    static List<RequestRecords.Found> find(Path dataDir, String id) throws IOException {
        for (LedgerDirectory log : LedgerDirectory.find(dataDir)) {
            index(log);
        }
        return RequestRecords.of(dataDir, id);
    }

    private static void index(LedgerDirectory log) {
        try {
            boolean done = false;
            while (!done) {
                done = new IndexKeeper(log).catchUp(RUNS_AT_ONCE);
            }
        } catch (IOException e) {
            // a ledger that may not be written to is searched without an index
        }
    }
}
