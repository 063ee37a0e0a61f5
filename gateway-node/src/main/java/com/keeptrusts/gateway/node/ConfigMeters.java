package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.node.reload.ConfigBoard;
import com.keeptrusts.gateway.node.reload.Held;
import com.keeptrusts.gateway.node.reload.Holding;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Whether the nodes agree on their configuration, as this node sees it. */
record ConfigMeters(String node, Holding holding, ConfigBoard board) implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "keeptrusts.config.reload",
                        holding,
                        held -> Math.max(0, held.held().version().number()))
                .description(
                        "Number of the latest reload that the configuration in force takes account of; 0 before the first")
                .register(registry);
        Gauge.builder(
                        "keeptrusts.config.differing.nodes",
                        board,
                        seen -> seen.differences(node).size())
                .description("Nodes that run a configuration other than this node's")
                .register(registry);
        Gauge.builder("keeptrusts.config.files.differ", holding, held -> filesDiffer(held.held()) ? 1 : 0)
                .description("1 when this node's files hold another configuration than the one in force")
                .register(registry);
    }

    private static boolean filesDiffer(Held held) {
        return !held.fileDigest().isEmpty()
                && !held.fileDigest().equals(held.version().digest());
    }
}
