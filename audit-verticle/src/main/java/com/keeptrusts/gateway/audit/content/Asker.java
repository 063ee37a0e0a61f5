package com.keeptrusts.gateway.audit.content;

import org.jspecify.annotations.Nullable;

/**
 * Who asks, as far as it decides whose texts they are. Prints nothing of the user.
 *
 * @param tenant of the client key, or empty
 * @param clientKey name of the client key, or empty
 * @param user as the client or its proxy names the person, or null
 */
public record Asker(
        String tenant, String clientKey, @Nullable String user) {

    @Override
    public String toString() {
        return "Asker[" + tenant + ", " + clientKey + ", " + (user == null ? "no user" : "a user") + "]";
    }
}
