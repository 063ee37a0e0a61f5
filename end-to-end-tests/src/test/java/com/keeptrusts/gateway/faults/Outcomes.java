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
import java.util.stream.Stream;

/**
 * What ledgers say of how requests ended, and of everything that is no request.
 *
 * @param byRequest the leaf of the outcome
 * @param others leaves of other types, in order
 */
record Outcomes(Map<String, JsonObject> byRequest, List<JsonObject> others) {

    static Outcomes in(List<Path> ledgers) throws IOException {
        var outcomes = new Outcomes(new HashMap<>(), new ArrayList<>());
        for (Path ledger : ledgers) {
            try (LedgerReader reader = LedgerReader.open(ledger)) {
                reader.read(EventQuery.ALL, outcomes::note);
            }
        }
        return outcomes;
    }

    private void note(LedgerEntry entry) {
        String type = entry.head().type();
        var leaf = new JsonObject(Buffer.buffer(entry.leaf().array()));
        if (type.equals("request.outcome")) {
            byRequest.put(String.valueOf(entry.head().requestId()), leaf);
        } else if (!type.equals("request.accepted")) {
            others.add(leaf);
        }
    }

    /** Of an answer that carries its request's id. */
    JsonObject of(MarkedAnswer answer) {
        JsonObject leaf = byRequest.get(answer.requestId());
        if (leaf == null) {
            throw new AssertionError("request " + answer.requestId() + " has no outcome");
        }
        return leaf;
    }

    /** The code of its error and who ended it, as in {@code worker_lost by worker_lost}. */
    String ending(MarkedAnswer answer) {
        JsonObject out = of(answer).getJsonObject("out");
        return out.getString("code", "") + " by " + out.getString("ended_by");
    }

    /** Requests for which another policy worker had to be asked. */
    long withRetriedHop() {
        return byRequest.values().stream().filter(Outcomes::retried).count();
    }

    /** Those of them for which another policy worker had to be asked. */
    long withRetriedHop(List<MarkedAnswer> answers) {
        return answers.stream().filter(answer -> retried(of(answer))).count();
    }

    private static boolean retried(JsonObject leaf) {
        return judgements(leaf).anyMatch(pol -> pol.getInteger("retry_hop", 0) > 0);
    }

    /** The policy workers that have judged a request. */
    List<String> workers(MarkedAnswer answer) {
        return judgements(of(answer)).map(pol -> pol.getString("worker", "")).toList();
    }

    private static Stream<JsonObject> judgements(JsonObject leaf) {
        return leaf.getJsonArray("pol", new JsonArray()).stream().map(pol -> (JsonObject) pol);
    }

    /** The upstream calls of a request. */
    List<JsonObject> attempts(MarkedAnswer answer) {
        return of(answer).getJsonArray("up", new JsonArray()).stream()
                .map(up -> (JsonObject) up)
                .toList();
    }

    long ofType(String type) {
        return others.stream()
                .filter(leaf -> type.equals(leaf.getString("type")))
                .count();
    }
}
