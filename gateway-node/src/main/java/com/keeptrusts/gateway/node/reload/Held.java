package com.keeptrusts.gateway.node.reload;

import com.keeptrusts.gateway.contract.ConfigVersion;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration that a node runs.
 *
 * @param superseded digests of configurations that it has taken the place of, the latest first
 * @param config absent where the node runs none
 * @param fileDigest of the configuration in the node's own files, as last read; empty where it has none
 */
public record Held(
        ConfigVersion version,
        List<String> superseded,
        @Nullable GatewayConfig config,
        String fileDigest) {

    private static final int MOST_SUPERSEDED = 32;

    public Held {
        superseded = List.copyOf(superseded);
    }

    /** Of a node that has no files and has heard of no configuration. */
    public static Held none() {
        return new Held(ConfigVersion.NONE, List.of(), null, "");
    }

    /** What a configuration of this digest supersedes when it takes the place of this one, and of these others. */
    List<String> supersededBy(String digest, List<String> others) {
        List<String> digests = new ArrayList<>();
        digests.add(version.digest());
        digests.addAll(others);
        digests.addAll(superseded);
        return digests.stream()
                .filter(one -> !one.isEmpty() && !one.equals(digest))
                .distinct()
                .limit(MOST_SUPERSEDED)
                .toList();
    }
}
