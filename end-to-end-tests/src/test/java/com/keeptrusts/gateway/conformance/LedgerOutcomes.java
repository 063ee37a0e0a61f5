package com.keeptrusts.gateway.conformance;

import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.EventView;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.journeys.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the ledger says that requests ended. */
record LedgerOutcomes(Path data) {

    /** The one outcome of a request, which may still be on its way to the disk. */
    EventView of(String requestId) throws Exception {
        Await.until(() -> !entries("request.outcome", requestId).isEmpty());
        List<EventView> found = entries("request.outcome", requestId);
        if (found.size() > 1) {
            throw new AssertionError("more than one outcome: " + found);
        }
        return found.getFirst();
    }

    /** The acceptance of a request, as it was written. */
    Bytes acceptance(String requestId) throws Exception {
        return entries("request.accepted", requestId).getFirst().entry().leaf();
    }

    int countWithCode(String code) throws IOException {
        return (int) all("request.outcome").stream()
                .filter(view -> view.code().equals(code))
                .count();
    }

    private List<EventView> entries(String type, String requestId) throws IOException {
        return all(type).stream()
                .filter(view -> requestId.equals(view.entry().head().requestId()))
                .toList();
    }

    private List<EventView> all(String type) throws IOException {
        List<EventView> found = new ArrayList<>();
        try (LedgerReader reader = LedgerReader.open(data)) {
            reader.read(EventQuery.ALL, entry -> {
                if (entry.head().type().equals(type)) {
                    found.add(EventView.of(entry));
                }
            });
        }
        return found;
    }
}
