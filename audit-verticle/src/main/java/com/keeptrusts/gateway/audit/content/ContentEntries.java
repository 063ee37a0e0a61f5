package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.audit.ledger.OwnEntries;
import com.keeptrusts.gateway.contract.AuditEntry;
import java.time.Clock;
import java.util.Map;

/** The entries about texts: that one was read, that a subject was erased, that this was refused. */
public final class ContentEntries {

    public static final String ERASED = "subject.erased";
    public static final String ERASE_REFUSED = "admin.erase_refused";
    public static final String PRUNED = "admin.content_pruned";
    public static final String READ = "audit.read";

    private final OwnEntries own;

    /**
     * For one who records.
     *
     * @param node of this process, as in other entries
     */
    public ContentEntries(String node, Clock clock) {
        this.own = new OwnEntries(node, clock);
    }

    /** That the texts of a request are about to be read. */
    public AuditEntry read(String requestId, String reader) {
        return own.entry(READ, Map.of("what", "content", "of_rid", requestId, "by", reader, "count", 1));
    }

    AuditEntry erased(String pseudonym, ErasureRequest request) {
        return own.entry(
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
        return own.entry(
                PRUNED,
                Map.of(
                        "retention_days", retentionDays,
                        "before", due.before().toString(),
                        "days", due.days().size(),
                        "keys", due.files().size()));
    }

    AuditEntry refused(String pseudonym, ErasureRequest request, String hold) {
        return own.entry(
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
}
