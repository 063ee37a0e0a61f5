package com.keeptrusts.gateway.faults;

import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who reviewed what, as the ledger says: the {@code pol} rows of every outcome, by request.
 */
record PolicyRows(Map<String, List<Row>> byRequest) {

    /** One review; {@code retries} are the workers that were asked in vain before. */
    record Row(String worker, int retries) {}

    static PolicyRows of(Path data) throws IOException {
        Map<String, List<Row>> found = new HashMap<>();
        try (LedgerReader reader = LedgerReader.open(data)) {
            reader.read(EventQuery.ALL, entry -> {
                if (entry.head().type().equals("request.outcome")) {
                    found.put(entry.head().requestId(), rows(entry));
                }
            });
        }
        return new PolicyRows(found);
    }

    private static List<Row> rows(LedgerEntry entry) {
        var leaf = new JsonObject(Buffer.buffer(entry.leaf().array()));
        JsonArray reviews = leaf.getJsonArray("pol", new JsonArray());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < reviews.size(); i++) {
            JsonObject review = reviews.getJsonObject(i);
            rows.add(new Row(review.getString("worker", ""), review.getInteger("retry_hop", 0)));
        }
        return rows;
    }

    /** How many of these requests had a second worker asked, for whichever review. */
    long retried(Set<String> requests) {
        return requests.stream()
                .filter(request ->
                        byRequest.getOrDefault(request, List.of()).stream().anyMatch(row -> row.retries() > 0))
                .count();
    }

    /** Of the reviews of these requests, how many were each worker's. */
    Map<String, Long> byWorker(Set<String> requests) {
        Map<String, Long> counts = new HashMap<>();
        requests.forEach(request ->
                byRequest.getOrDefault(request, List.of()).forEach(row -> counts.merge(row.worker(), 1L, Long::sum)));
        return counts;
    }
}
