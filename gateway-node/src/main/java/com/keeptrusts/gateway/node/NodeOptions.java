package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.contract.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a process was asked to run.
 *
 * @param listen where clients connect
 * @param admin where operators connect
 * @param configFiles layered in this order; may be empty for a process that only works for others
 * @param failOpen whether a policy that cannot judge lets requests through ({@code --fail-mode allow})
 * @param maxConcurrency upstream calls per target at a time, or 0 for the adaptive limit
 * @param maxConnections of clients at a time, or 0 for the default
 * @param policyInstances workers per policy kind, where not the default
 * @param cluster how it joins; absent for a process on its own
 * @param dataDir ledger, keys and spool
 * @param upstream replaces every target's base URL, for debugging
 * @param drainNotice how long balancers have to leave before connections are refused
 * @param drainTimeout how long running answers have after that
 * @param environment where the variables that hold provider keys are looked up
 */
public record NodeOptions(
        HostPort listen,
        HostPort admin,
        List<Path> configFiles,
        boolean failOpen,
        int maxConcurrency,
        int maxConnections,
        Roles roles,
        Map<String, Integer> policyInstances,
        @Nullable ClusterOptions cluster,
        Path dataDir,
        @Nullable String upstream,
        Duration drainNotice,
        Duration drainTimeout,
        Function<String, @Nullable String> environment) {

    public NodeOptions {
        configFiles = List.copyOf(configFiles);
        policyInstances = Map.copyOf(policyInstances);
    }

    /** Of a process that takes as many clients as is usual, and gives no notice before it drains. */
    public NodeOptions(
            HostPort listen,
            HostPort admin,
            List<Path> configFiles,
            boolean failOpen,
            int maxConcurrency,
            Roles roles,
            Map<String, Integer> policyInstances,
            @Nullable ClusterOptions cluster,
            Path dataDir,
            @Nullable String upstream,
            Duration drainTimeout,
            Function<String, @Nullable String> environment) {
        this(
                listen,
                admin,
                configFiles,
                failOpen,
                maxConcurrency,
                0,
                roles,
                policyInstances,
                cluster,
                dataDir,
                upstream,
                Duration.ZERO,
                drainTimeout,
                environment);
    }

    /** Whether this process takes part in reloads: it serves under a configuration, or keeps a ledger by one. */
    boolean decides() {
        return roles.has(Role.INGRESS) || roles.has(Role.AUDIT) || !configFiles.isEmpty();
    }
}
