package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.node.Node;
import com.keeptrusts.gateway.node.NodeOptions;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import com.keeptrusts.gateway.provider.settings.TargetSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The handful of lines that a process prints when it is ready. */
final class Greeting {

    private Greeting() {}

    static List<String> lines(Node node, NodeOptions options, long startNanos) {
        List<String> lines = new ArrayList<>();
        GatewayConfig config = node.config();
        if (config != null) {
            lines.add("Loaded pack " + config.pack().label() + "  chain: " + String.join(" -> ", config.chain())
                    + "  targets: "
                    + config.providers().targets().stream()
                            .map(TargetSettings::id)
                            .collect(Collectors.joining(", ")));
            config.warnings().forEach(warning -> lines.add("warning: " + warning));
            if (options.roles().has(Role.PROVIDER)) {
                lines.addAll(missingKeys(config, options));
            }
            if (options.roles().has(Role.INGRESS)
                    && config.gateway().clientKeys().isEmpty()
                    && !options.listen().loopback()) {
                lines.add("WARNING: listening on " + options.listen() + " without gateway.client_keys: everyone who can"
                        + " reach this address can use your provider keys");
            }
        }
        if (options.roles().has(Role.AUDIT)) {
            lines.add("Audit ledger in " + options.dataDir().toAbsolutePath() + " (kt events tail --data-dir "
                    + options.dataDir() + ")");
        }
        if (options.roles().has(Role.INGRESS)) {
            lines.add("Listening on http://" + options.listen().host() + ":" + node.port() + "/v1");
        }
        String where = options.cluster() == null ? "" : ", member of a cluster of " + node.members();
        lines.add("Node " + node.name() + " runs " + options.roles().describe() + where + ", ready after "
                + startNanos / 1_000_000 + " ms; management on http://"
                + options.admin().host() + ":" + node.adminPort());
        return lines;
    }

    private static List<String> missingKeys(GatewayConfig config, NodeOptions options) {
        return config.providers().targets().stream()
                .filter(target -> options.environment().apply(target.secretVariable()) == null)
                .map(target -> "warning: target " + target.id() + " is unavailable until the environment variable "
                        + target.secretVariable() + " is set")
                .toList();
    }
}
