package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.OwnEntries;
import com.keeptrusts.gateway.contract.AuditEntry;
import java.time.Instant;
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

    public AuditRead {
        who = Map.copyOf(who);
        query = Map.copyOf(query);
    }

    /** As it is written, by a node whose counter is at {@code mono}. */
    public AuditEntry entry(String node, Instant now, long mono) {
        Map<String, Object> read = new HashMap<>(query);
        read.put("what", what);
        read.put("via", via);
        read.put("entries", entries);
        return OwnEntries.entry(TYPE, node, now, mono, Map.of("who", who, "read", read));
    }
}
