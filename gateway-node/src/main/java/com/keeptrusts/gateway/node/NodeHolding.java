package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.config.ConfigException;
import com.keeptrusts.gateway.config.ConfigProblem;
import com.keeptrusts.gateway.contract.ConfigVersion;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.ingress.ClientKey;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import com.keeptrusts.gateway.node.reload.Held;
import com.keeptrusts.gateway.node.reload.Holding;
import com.keeptrusts.gateway.provider.settings.TargetSettings;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of this node: its ingress serves under it and its audit writers keep their logs by it. A node with
 * audit writers and no files does the latter only.
 */
final class NodeHolding implements Holding {

    private final NodeOptions options;
    private final @Nullable ConfigDesk desk;
    private final Rooms rooms;
    private volatile Held withoutDesk = Held.none();

    NodeHolding(NodeOptions options, @Nullable ConfigDesk desk, Rooms rooms) {
        this.options = options;
        this.desk = desk;
        this.rooms = rooms;
    }

    @Override
    public Held held() {
        return desk == null ? withoutDesk : desk.held();
    }

    @Override
    public Future<GatewayConfig> read() {
        return desk == null ? Future.failedFuture("this process has no configuration files") : desk.read();
    }

    @Override
    public Future<Void> consent(GatewayConfig config, List<String> variables) {
        List<ConfigProblem> missing = references(config).entrySet().stream()
                .filter(reference -> variables.contains(reference.getValue()) && !isSet(reference.getValue()))
                .map(reference -> new ConfigProblem(
                        "missing_variable",
                        reference.getKey(),
                        "the environment variable " + reference.getValue()
                                + " is not set on this node (expected: set, as on the node that reloads)",
                        null))
                .toList();
        return missing.isEmpty() ? rooms.consent(config) : Future.failedFuture(new ConfigException(missing));
    }

    @Override
    public List<String> variables(GatewayConfig config) {
        return references(config).values().stream()
                .filter(this::isSet)
                .distinct()
                .toList();
    }

    /** The variables that this node's roles look up, by the place that names them. */
    private Map<String, String> references(GatewayConfig config) {
        Map<String, String> references = new TreeMap<>();
        if (options.roles().has(Role.INGRESS)) {
            List<ClientKey> keys = config.gateway().clientKeys();
            for (int i = 0; i < keys.size(); i++) {
                String variable = keys.get(i).secretEnv();
                if (variable != null) {
                    references.put("gateway.client_keys[" + i + "].secret_ref.env", variable);
                }
            }
        }
        if (options.roles().has(Role.PROVIDER) && options.upstream() == null) {
            List<TargetSettings> targets = config.providers().targets();
            for (int i = 0; i < targets.size(); i++) {
                references.put(
                        "providers.targets[" + i + "].secret_key_ref.env",
                        targets.get(i).secretVariable());
            }
        }
        return references;
    }

    private boolean isSet(String variable) {
        String value = options.environment().apply(variable);
        return value != null && !value.isEmpty();
    }

    @Override
    public Future<Void> activate(GatewayConfig config, ConfigVersion version, List<String> superseded) {
        return rooms.activate(config).compose(_ -> {
            if (desk != null) {
                return desk.switchTo(config, version, superseded);
            }
            withoutDesk = new Held(version, superseded, null, "");
            return Future.succeededFuture();
        });
    }

    @Override
    public Future<Void> rejected(String digest, String reason) {
        return rooms.rejected(held().version().digest(), digest, reason);
    }
}
