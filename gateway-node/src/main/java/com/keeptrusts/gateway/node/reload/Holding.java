package com.keeptrusts.gateway.node.reload;

import com.keeptrusts.gateway.contract.ConfigVersion;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import io.vertx.core.Future;
import java.util.List;

/** What a node does with configurations. May be called on any thread. */
public interface Holding {

    Held held();

    /** Reads the node's own files; changes nothing but what is known of them. */
    Future<GatewayConfig> read();

    /**
     * Whether this node could run the configuration; fails with a {@code ConfigException} when it could not.
     *
     * @param variables names of environment variables that are set where it comes from
     */
    Future<Void> consent(GatewayConfig config, List<String> variables);

    /** Names of the environment variables that the configuration refers to and that are set here. */
    List<String> variables(GatewayConfig config);

    /** Records that the configuration is active, and runs it from now on; fails, and changes nothing, if that cannot be. */
    Future<Void> activate(GatewayConfig config, ConfigVersion version, List<String> superseded);

    /** Records in this node's ledger, if it has one, that a configuration was refused. */
    Future<Void> rejected(String digest, String reason);
}
