package com.keeptrusts.gateway.journeys;

import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a ledger holds, counted. */
final class LedgerRecords {

    private LedgerRecords() {}

    static Map<String, Integer> acceptedByRequest(Path data) throws IOException {
        return byRequest(data, "request.accepted");
    }

    static Map<String, Integer> outcomesByRequest(Path data) throws IOException {
        return byRequest(data, "request.outcome");
    }

    private static Map<String, Integer> byRequest(Path data, String type) throws IOException {
        Map<String, Integer> found = new HashMap<>();
        try (LedgerReader reader = LedgerReader.open(data)) {
            reader.read(EventQuery.ALL, entry -> {
                if (entry.head().type().equals(type)) {
                    found.merge(String.valueOf(entry.head().requestId()), 1, Integer::sum);
                }
            });
        }
        return found;
    }
}
