package com.keeptrusts.gateway.faults;

import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The requests that ledgers know, all logs together, an entry that stands twice counted once.
 *
 * @param accepted the commitment to what came in, by request; empty where the entry has none
 * @param outcomes how many outcomes, by request
 * @param orphaned how many orphaned records, by request
 */
record LedgerView(Map<String, String> accepted, Map<String, Integer> outcomes, Map<String, Integer> orphaned) {

    static LedgerView of(Path data) throws IOException {
        return of(List.of(data));
    }

    static LedgerView of(List<Path> places) throws IOException {
        var view = new LedgerView(new HashMap<>(), new HashMap<>(), new HashMap<>());
        Set<String> ids = new HashSet<>();
        for (Path data : places) {
            try (LedgerReader reader = LedgerReader.open(data)) {
                reader.read(EventQuery.ALL, entry -> {
                    if (ids.add(entry.head().id())) {
                        view.note(entry);
                    }
                });
            }
        }
        return view;
    }

    private void note(LedgerEntry entry) {
        String request = entry.head().requestId();
        switch (entry.head().type()) {
            case "request.accepted" -> accepted.put(request, commitment(entry));
            case "request.outcome" -> outcomes.merge(request, 1, Integer::sum);
            case "request.orphaned" -> orphaned.merge(request, 1, Integer::sum);
            default -> {}
        }
    }

    private static String commitment(LedgerEntry entry) {
        var leaf = new JsonObject(Buffer.buffer(entry.leaf().array()));
        return leaf.getJsonObject("cm", new JsonObject()).getString("in", "");
    }
}
