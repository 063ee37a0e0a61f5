package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;

/** One entry of a request, told for a person: what was asked, who judged, who was called, how it ended. */
final class RequestStory {

    private RequestStory() {}

    static void tell(LedgerEntry entry, PrintWriter out) {
        JsonObject leaf = Buffer.buffer(entry.leaf().array()).toJsonObject();
        out.println(leaf.getString("t") + "  " + leaf.getString("type") + "  entry " + entry.index() + " of "
                + entry.origin() + (entry.signed() ? "  (signed)" : "  (durable, not yet signed)"));
        for (String part : new String[] {"who", "ask", "cfg", "out", "cm"}) {
            if (leaf.getValue(part) instanceof JsonObject members) {
                out.println("    " + part + ": " + members.encode());
            }
        }
        each(leaf, "pol", "policy", out);
        each(leaf, "up", "attempt", out);
    }

    private static void each(JsonObject leaf, String member, String name, PrintWriter out) {
        if (leaf.getValue(member) instanceof JsonArray rows) {
            rows.forEach(row -> out.println("    " + name + ": " + row));
        }
    }
}
