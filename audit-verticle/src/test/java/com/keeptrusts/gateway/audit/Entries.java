package com.keeptrusts.gateway.audit;

import com.keeptrusts.gateway.audit.ledger.EntryId;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.json.CanonicalJson;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Entries as the ingress makes them. */
public final class Entries {

    private Entries() {}

    public static AuditEntry accepted(String requestId) {
        return accepted(requestId, Instant.now());
    }

    public static AuditEntry accepted(String requestId, Instant time) {
        return entry(
                "request.accepted",
                requestId,
                time,
                Map.of(
                        "seq",
                        0,
                        "ask",
                        Map.of("model", "llama3.1-8b", "stream", false, "path", "/v1/chat/completions")));
    }

    public static AuditEntry outcome(AuditEntry accepted) {
        return outcome(accepted, "allow");
    }

    public static AuditEntry outcome(AuditEntry accepted, String verdict) {
        return outcome(accepted, verdict, Instant.now());
    }

    public static AuditEntry outcome(AuditEntry accepted, String verdict, Instant time) {
        String requestId = String.valueOf(accepted.requestId());
        return entry(
                "request.outcome",
                requestId,
                time,
                Map.of(
                        "seq", 1,
                        "of", 2,
                        "prev", accepted.id(),
                        "pol", List.of(Map.of("kind", "prompt-injection", "verdict", verdict)),
                        "out", Map.of("status", 200, "us", 1_500, "usage", Map.of("prompt", 7, "completion", 9))));
    }

    /** An entry of about a kilobyte. */
    public static AuditEntry large(String requestId) {
        return entry("request.accepted", requestId, Instant.now(), Map.of("seq", 0, "pad", "x".repeat(800)));
    }

    public static AuditEntry entry(String type, String requestId, Instant time, Map<String, ?> members) {
        String id = EntryId.at(time.toEpochMilli());
        var leaf = new HashMap<String, Object>(members);
        leaf.putAll(Map.of("v", 1, "type", type, "id", id, "rid", requestId, "node", "n1", "t", time.toString()));
        return new AuditEntry(id, requestId, type, Bytes.owning(CanonicalJson.write(leaf)));
    }
}
