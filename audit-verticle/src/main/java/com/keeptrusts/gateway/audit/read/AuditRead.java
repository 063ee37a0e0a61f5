package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.EntryId;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.json.CanonicalJson;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

/**
 * That someone read the trail: an entry of type {@code audit.read} (docs/audit-http.md).
 *
 * @param who how the reader was known: {@code auth}, class of address, and the name that was claimed
 * @param what {@code events}, {@code request}, {@code proof} or {@code files}
 * @param via {@code http} or {@code cli}
 * @param query what was asked for; never what was found
 * @param entries how many entries were given
 */
public record AuditRead(Map<String, String> who, String what, String via, Map<String, Object> query, long entries) {

    public static final String TYPE = "audit.read";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    public AuditRead {
        who = Map.copyOf(who);
        query = Map.copyOf(query);
    }

    /** As it is written, by a node whose counter is at {@code mono}. */
    public AuditEntry entry(String node, Instant now, long mono) {
        String id = EntryId.at(now.toEpochMilli());
        Map<String, Object> read = new HashMap<>(query);
        read.put("what", what);
        read.put("via", via);
        read.put("entries", entries);
        Map<String, Object> leaf = new HashMap<>();
        leaf.put("v", 1);
        leaf.put("type", TYPE);
        leaf.put("id", id);
        leaf.put("node", node);
        leaf.put("t", TIME.format(now));
        leaf.put("mono", mono);
        leaf.put("who", who);
        leaf.put("read", read);
        return new AuditEntry(id, null, TYPE, Bytes.owning(CanonicalJson.write(leaf)));
    }
}
