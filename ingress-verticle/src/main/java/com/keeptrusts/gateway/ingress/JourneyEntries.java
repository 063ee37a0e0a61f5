package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.Usage;
import com.keeptrusts.gateway.json.CanonicalJson;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds the two entries of a journey (AUDIT 4): no prompt, no answer, no key, no raw user or address; texts of a client
 * appear as commitments only.
 */
final class JourneyEntries {

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");
    private static final Pattern PLAIN_PATH = Pattern.compile("/v1/[A-Za-z0-9_/.-]{1,100}");
    private static final int ENTRIES = 2;

    private final String node;
    private final Vault vault;
    private final IngressStatus status;
    private final TimeOrderedIds ids;
    private final long totalMillis;

    JourneyEntries(IngressOptions options, TimeOrderedIds ids) {
        this.node = options.node();
        this.vault = options.vault();
        this.status = options.status();
        this.ids = ids;
        this.totalMillis = options.timings().total().toMillis();
    }

    AuditEntry accepted(Journey journey) {
        Map<String, Object> leaf = head(journey.id(), "request.accepted", journey.acceptedId(), 0);
        leaf.put("who", who(journey));
        leaf.put("ask", ask(journey));
        leaf.put("cfg", cfg(journey.config()));
        ModelRequest ask = journey.ask();
        Commitments commitments = commitments(journey);
        if (ask != null && commitments != null) {
            leaf.put(
                    "cm", ofKey(journey, Map.of("in", commitments.of(ask.bytes().array()))));
        }
        return entry(journey.id(), journey.acceptedId(), "request.accepted", leaf);
    }

    /**
     * How the request ended.
     *
     * @param content where its texts are, or empty
     */
    AuditEntry outcome(Journey journey, Outcome outcome, Map<String, Object> content) {
        String id = ids.next();
        Map<String, Object> leaf = head(journey.id(), "request.outcome", id, 1);
        leaf.put("of", ENTRIES);
        leaf.put("prev", journey.acceptedId());
        leaf.put(
                "pol",
                LeafParts.capped(journey.reviews().stream().map(LeafParts::pol).toList(), leaf, "pol_cut"));
        leaf.put(
                "up",
                LeafParts.capped(journey.attempts().stream().map(LeafParts::up).toList(), leaf, "up_cut"));
        leaf.put("out", out(journey, outcome));
        Map<String, Object> committed = committed(journey);
        if (!committed.isEmpty()) {
            leaf.put("cm", ofKey(journey, committed));
        }
        if (!content.isEmpty()) {
            leaf.put("ct", content);
        }
        if (journey.config().audit().access().enabled()) {
            leaf.put("data", LeafParts.categories(journey.reviews()));
        }
        return entry(journey.id(), id, "request.outcome", leaf);
    }

    /** Both entries of a request that no journey began for: an unknown path, a wrong method, a bad key. */
    List<AuditEntry> refusal(String requestId, HttpServerRequest http, Outcome outcome) {
        String acceptedId = ids.next();
        Map<String, Object> first = head(requestId, "request.accepted", acceptedId, 0);
        String path = http.path();
        boolean plain = path != null && PLAIN_PATH.matcher(path).matches();
        first.put(
                "ask",
                Map.of(
                        "method",
                        METHODS.contains(http.method().name()) ? http.method().name() : "other",
                        "path",
                        plain ? path : "other"));
        String outcomeId = ids.next();
        Map<String, Object> last = head(requestId, "request.outcome", outcomeId, 1);
        last.put("of", ENTRIES);
        last.put("prev", acceptedId);
        last.put("out", LeafParts.ended(outcome));
        return List.of(
                entry(requestId, acceptedId, "request.accepted", first),
                entry(requestId, outcomeId, "request.outcome", last));
    }

    /** What was not recorded one by one. */
    AuditEntry counter(List<Map<String, Object>> counts, Instant from) {
        String id = ids.next();
        Map<String, Object> leaf = head("", "counter", id, 0);
        leaf.remove("rid");
        leaf.remove("seq");
        leaf.put("from", MICROS.format(from));
        leaf.put("counts", counts);
        return new AuditEntry(id, null, "counter", Bytes.owning(CanonicalJson.write(leaf)));
    }

    private Map<String, Object> head(String requestId, String type, String id, int seq) {
        Map<String, Object> leaf = new HashMap<>();
        leaf.put("v", 1);
        leaf.put("type", type);
        leaf.put("id", id);
        leaf.put("rid", requestId);
        leaf.put("seq", seq);
        leaf.put("node", node);
        leaf.put("t", MICROS.format(Instant.now()));
        leaf.put("mono", status.nextMonotonic());
        return leaf;
    }

    private Map<String, Object> who(Journey journey) {
        Map<String, Object> who = new HashMap<>();
        Caller caller = journey.caller();
        ClientKey key = caller == null ? null : caller.key();
        who.put("auth", key == null ? "none" : "key");
        if (key != null) {
            who.put("key", key.name());
            LeafParts.put(who, "tenant", key.tenant());
        }
        if (caller != null && !caller.address().isEmpty()) {
            who.put("ip", vault.pseudonymOfAddress(caller.address()));
        }
        LeafParts.put(who, "subject", journey.subject().pseudonym());
        LeafParts.put(who, "purpose", journey.config().audit().access().purpose(journey.http()));
        return who;
    }

    private Map<String, Object> ask(Journey journey) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("method", journey.http().method().name());
        fields.put("path", journey.endpoint().path());
        fields.put("bytes", journey.bodyBytes());
        fields.put("deadline_ms", totalMillis);
        Attempts.tell(journey.http(), vault, fields);
        ModelRequest ask = journey.ask();
        if (ask != null) {
            fields.put("model", LeafParts.shortened(ask.model()));
            fields.put("stream", ask.stream());
            fields.put("messages", ask.messages());
            fields.put("tokens", TokenEstimate.of(ask));
        }
        return fields;
    }

    private static Map<String, Object> cfg(IngressConfig config) {
        return Map.of(
                "digest",
                config.digest(),
                "chain",
                config.chain().stream().map(PolicyStep::kind).toList());
    }

    private static Map<String, Object> out(Journey journey, Outcome outcome) {
        Map<String, Object> fields = LeafParts.ended(outcome);
        fields.put("bytes", journey.bytesSent());
        fields.put("chunks", journey.chunksSent());
        fields.put("us", journey.elapsedMicros());
        fields.put("ttft_us", journey.firstByteMicros());
        if (journey.pausedMillis() > 0) {
            fields.put("pause_ms", journey.pausedMillis());
        }
        var started = journey.started();
        if (started != null) {
            fields.put("target", started.target());
            fields.put("model", LeafParts.shortened(started.servedModel()));
        }
        var end = journey.end();
        if (end != null) {
            fields.put("finish", end.finishReasons());
        }
        Usage usage = journey.usage();
        if (usage != null) {
            fields.put("usage", LeafParts.usage(usage));
        }
        return fields;
    }

    private static Map<String, Object> committed(Journey journey) {
        Map<String, Object> fields = new HashMap<>();
        Bytes redacted = journey.redacted();
        Commitments commitments = commitments(journey);
        if (redacted != null && commitments != null) {
            fields.put("in_red", commitments.of(redacted.array()));
        }
        byte[] sent = journey.sentDigest();
        if (sent != null) {
            fields.put("out", Commitments.hex(sent));
        }
        return fields;
    }

    /** With the id of the key that the salt depends on, so that who may test a commitment finds it. */
    private static Map<String, Object> ofKey(Journey journey, Map<String, Object> commitments) {
        Map<String, Object> fields = new HashMap<>(commitments);
        LeafParts.put(fields, "key", journey.subject().keyId());
        return fields;
    }

    /** Null where nothing is committed to. */
    static @Nullable Commitments commitments(Journey journey) {
        Bytes salt = journey.subject().salt();
        return salt == null ? null : new Commitments(salt);
    }

    private static AuditEntry entry(String requestId, String id, String type, Map<String, Object> leaf) {
        return new AuditEntry(id, requestId, type, Bytes.owning(CanonicalJson.write(leaf)));
    }
}
