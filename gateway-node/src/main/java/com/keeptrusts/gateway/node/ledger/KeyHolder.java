package com.keeptrusts.gateway.node.ledger;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A client who reads with its own gateway key. It may have what its tenant asked, or where its key has none, what that
 * key asked; of everything else it is told that it is not there.
 */
public record KeyHolder(String key, @Nullable String tenant) {

    /** Whether an {@code accepted} entry with this {@code who} is the holder's. */
    boolean asked(JsonObject who) {
        return tenant == null
                ? !who.containsKey("tenant") && key.equals(who.getString("key"))
                : tenant.equals(who.getString("tenant"));
    }
}
