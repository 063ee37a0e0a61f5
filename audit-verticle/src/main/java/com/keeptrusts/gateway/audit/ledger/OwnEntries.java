package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.json.CanonicalJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The entries that a writer makes itself: about the log, its settings, and requests that nobody finished. */
public final class OwnEntries {

    public static final String LATCHED = "admin.latched";
    public static final String KEY_ROTATED = "admin.key_rotated";
    public static final String CONFIG_REJECTED = "admin.config_rejected";
    public static final String PRUNED = "retention.pruned";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final String node;
    private final Clock clock;
    private final AtomicLong made = new AtomicLong();

    public OwnEntries(String node, Clock clock) {
        this.node = node;
        this.clock = clock;
    }

    AuditEntry opened(LogFacts facts) {
        return entry(
                "log.opened",
                Map.of(
                        "log",
                        Map.of("origin", facts.origin(), "vkey", facts.key().toString())));
    }

    public AuditEntry latched(LogFacts.Latch latch) {
        return entry(LATCHED, Map.of("immutable", true, "retention_days", latch.retentionDays()));
    }

    /** What a log that follows a damaged one says of it. */
    AuditEntry gap(String directory, String cause) {
        return entry("gap", Map.of("cause", cause, "directory", directory));
    }

    public AuditEntry activated(String configDigest, Map<String, ?> settings) {
        return entry("config.activated", Map.of("cfg", Map.of("digest", configDigest), "audit", settings));
    }

    /** A configuration that at least one node refused, so that another stays in force. */
    public AuditEntry configRejected(String inForce, String refused, String reason) {
        return entry(CONFIG_REJECTED, Map.of("cfg", Map.of("digest", inForce, "refused", refused), "reason", reason));
    }

    /** The wall clock of the writer's node was set, so that times before and after it do not compare. */
    public AuditEntry clockStep(Duration step) {
        return entry("clock.step", Map.of("step_ms", step.toMillis()));
    }

    public AuditEntry orphaned(OpenRequests.Open open) {
        AuditEntry entry = entry(
                LeafHead.ORPHANED,
                Map.of("rid", open.requestId(), "seq", open.seq() + 1, "of", open.seq() + 2, "prev", open.entryId()));
        return new AuditEntry(entry.id(), open.requestId(), entry.type(), entry.leaf());
    }

    /** One that tells of an act upon the log; the members every leaf has are added. */
    public AuditEntry entry(String type, Map<String, ?> members) {
        return entry(type, node, clock.instant(), made.incrementAndGet(), members);
    }

    /** One of a node whose clock and counter say this. */
    public static AuditEntry entry(String type, String node, Instant now, long mono, Map<String, ?> members) {
        String id = EntryId.at(now.toEpochMilli());
        var leaf = new HashMap<String, Object>(members);
        leaf.put("v", 1);
        leaf.put("type", type);
        leaf.put("id", id);
        leaf.put("node", node);
        leaf.put("t", TIME.format(now));
        leaf.put("mono", mono);
        return new AuditEntry(id, null, type, Bytes.owning(CanonicalJson.write(leaf)));
    }
}
