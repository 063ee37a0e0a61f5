package com.keeptrusts.gateway.node.ledger;

import com.keeptrusts.gateway.audit.read.AuditRead;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What {@code kt events} tells of a read of the files: {@code data}, {@code what}, {@code entries}, {@code as} and a
 * {@code query} of texts. Nothing in it is believed but written down as a claim of a local reader.
 */
final class ReadNotice {

    static final int MOST_BYTES = 4_096;

    private static final Set<String> WHAT = Set.of("events", "request", "proof", "files", "content");
    private static final Set<String> QUERY =
            Set.of("request", "since", "until", "verdict", "policy", "limit", "format", "log");
    private static final int LONGEST = 128;

    private ReadNotice() {}

    /** The notice must name the data directory, as the address it was sent to may have been another process's once. */
    static AuditRead parse(Buffer body, String address, Path data) {
        try {
            JsonObject json = body.toJsonObject();
            if (!place(data).equals(json.getString("data"))) {
                throw LedgerRefusal.badRequest("data: not the directory of this process (expected: its whole path)");
            }
            String what = json.getString("what", "");
            long entries = json.getLong("entries", -1L);
            if (!WHAT.contains(what) || entries < 0 || entries > 1L << 50) {
                throw bad();
            }
            return new AuditRead(
                    Reader.of(address, json.getString("as")).who(),
                    what,
                    "cli",
                    query(json.getJsonObject("query", new JsonObject())),
                    entries);
        } catch (DecodeException | ClassCastException e) {
            throw bad();
        }
    }

    /** How a directory is named in a notice. */
    private static String place(Path data) {
        try {
            return data.toRealPath().toString();
        } catch (IOException e) {
            return data.toAbsolutePath().normalize().toString();
        }
    }

    private static Map<String, Object> query(JsonObject asked) {
        Map<String, Object> query = new HashMap<>();
        for (String name : asked.fieldNames()) {
            String text = asked.getString(name, "");
            if (!QUERY.contains(name) || text.length() > LONGEST || text.chars().anyMatch(c -> c < ' ' || c > '~')) {
                throw bad();
            }
            query.put(name, text);
        }
        return query;
    }

    private static LedgerRefusal bad() {
        return LedgerRefusal.badRequest("not a notice of a read (expected: JSON with what, entries, as and query)");
    }
}
