package com.keeptrusts.gateway.node.config;

import com.keeptrusts.gateway.config.ConfigException;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.ConfigVersion;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** A configuration as another node sends it: effective, in canonical form, named by its digest. */
public final class ReceivedConfig {

    private ReceivedConfig() {}

    /**
     * Reads and checks it as if it stood in files; fails with a {@link ConfigException} that lists every mistake. That
     * compiles every policy, which an event loop must not wait for.
     */
    public static Future<GatewayConfig> read(Vertx vertx, Bytes effective, ConfigVersion version) {
        return vertx.executeBlocking(() -> read(effective, version.digest()), false);
    }

    private static GatewayConfig read(Bytes effective, String digest) {
        GatewayConfig config;
        try {
            config = GatewayConfig.of(new JsonObject(effective.toUtf8()));
        } catch (DecodeException e) {
            throw new ConfigException("invalid_json", "", "what came is no configuration (expected: a JSON object)");
        }
        if (!config.digest().equals(digest)) {
            throw new ConfigException(
                    "digest_mismatch",
                    "",
                    "what came has digest " + config.digest() + " (expected: " + digest
                            + "; nodes of different builds may read configurations differently)");
        }
        return config;
    }
}
