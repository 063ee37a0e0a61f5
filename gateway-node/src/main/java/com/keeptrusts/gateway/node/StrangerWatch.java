package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.audit.ledger.OwnEntries;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.node.reload.ConfigBoard;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of strangers in the cluster: a warning, a gauge, and on a node with a writer an {@code admin.unknown_member}. */
final class StrangerWatch {

    private static final Logger LOG = LoggerFactory.getLogger(StrangerWatch.class);

    /** A node tells of itself as soon as it has read its files, before it opens a ledger or a port. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long LOOK_MILLIS = 2_000;

    private final ClusterSetup.Member cluster;
    private final Strangers strangers;
    private final AtomicInteger count = new AtomicInteger();
    private final OwnEntries entries;
    private final NearestWriter writers;
    private final boolean records;

    private StrangerWatch(ClusterSetup.Member cluster, NodeOptions options, ConfigBoard board, NearestWriter writers) {
        this.cluster = cluster;
        this.strangers = new Strangers(board::knows, PATIENCE.toNanos());
        this.entries = new OwnEntries(writers.node(), Clock.systemUTC());
        this.writers = writers;
        this.records = options.roles().has(Role.AUDIT);
    }

    /** Looks every two seconds, as long as the Vert.x instance is open. */
    static void begin(
            ClusterSetup.Member cluster,
            NodeOptions options,
            ConfigBoard board,
            NearestWriter writers,
            MeterRegistry meters) {
        var watch = new StrangerWatch(cluster, options, board, writers);
        Gauge.builder("keeptrusts_cluster_unknown_members", watch.count::get)
                .description("members of the cluster that are no nodes of the gateway")
                .register(meters);
        cluster.vertx().setPeriodic(LOOK_MILLIS, _ -> watch.look());
    }

    private void look() {
        strangers.look(cluster.members(), System.nanoTime()).forEach(this::tell);
        count.set(strangers.count());
    }

    private void tell(Strangers.Member stranger) {
        LOG.warn(
                "unknown member {} at {} is in the cluster and not on the event bus: it reads no prompts, but see"
                        + " who can reach the members' port (docs/operate.md)",
                stranger.id(),
                stranger.address());
        if (records) {
            var what = Map.of("member", Map.of("id", stranger.id(), "address", stranger.address()));
            writers.append(entries.entry("admin.unknown_member", what))
                    .onFailure(e -> LOG.warn("that there is an unknown member was not recorded: {}", e.getMessage()));
        }
    }
}
