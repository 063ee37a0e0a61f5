package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.audit.ledger.EntryId;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.json.CanonicalJson;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

/** The entries about texts: that one was read, that a subject was erased, that this was refused. */
public final class ContentEntries {

    public static final String ERASED = "subject.erased";
    public static final String ERASE_REFUSED = "admin.erase_refused";
    public static final String PRUNED = "admin.content_pruned";
    public static final String READ = "audit.read";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final String node;
    private final Clock clock;

    /**
     * For one who records.
     *
     * @param node of this process, as in other entries
     */
    public ContentEntries(String node, Clock clock) {
        this.node = node;
        this.clock = clock;
    }

    /** That the texts of a request are about to be read. */
    public AuditEntry read(String requestId, String reader) {
        return entry(READ, Map.of("what", "content", "of_rid", requestId, "by", reader, "count", 1));
    }

    AuditEntry erased(String pseudonym, ErasureRequest request) {
        return entry(
                ERASED,
                Map.of(
                        "pseudonym",
                        pseudonym,
                        "count",
                        1,
                        "requester",
                        request.requester(),
                        "reason",
                        request.reason()));
    }

    AuditEntry pruned(ContentRetention.Due due, int retentionDays) {
        return entry(
                PRUNED,
                Map.of(
                        "retention_days", retentionDays,
                        "before", due.before().toString(),
                        "days", due.days().size(),
                        "keys", due.files().size()));
    }

    AuditEntry refused(String pseudonym, ErasureRequest request, String hold) {
        return entry(
                ERASE_REFUSED,
                Map.of(
                        "pseudonym",
                        pseudonym,
                        "hold",
                        hold,
                        "requester",
                        request.requester(),
                        "reason",
                        request.reason()));
    }

    private AuditEntry entry(String type, Map<String, ?> members) {
        Instant now = clock.instant();
        String id = EntryId.at(now.toEpochMilli());
        var leaf = new HashMap<String, Object>(members);
        leaf.put("v", 1);
        leaf.put("type", type);
        leaf.put("id", id);
        leaf.put("node", node);
        leaf.put("t", TIME.format(now));
        return new AuditEntry(id, null, type, Bytes.owning(CanonicalJson.write(leaf)));
    }
}
