package com.keeptrusts.gateway.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Vert.x instance, alone or a member of the cluster, and how to give it back. */
record Membership(Vertx vertx, ClusterSetup.@Nullable Member member) {

    Future<Void> leave() {
        return member == null ? vertx.close() : member.leave();
    }

    /** Names of the other nodes that take part in reloads. */
    List<String> othersThatDecide() {
        return member == null ? List.of() : member.othersThatDecide();
    }

    static Future<Membership> join(NodeOptions options, Metrics metrics, String name) {
        var vertxOptions = new VertxOptions()
                .setMetricsOptions(meteredParts())
                .setMaxEventLoopExecuteTime(200)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS);
        VertxBuilder builder = Vertx.builder().withMetrics(new MicrometerMetricsFactory(metrics.registry()));
        ClusterOptions cluster = options.cluster();
        if (cluster == null) {
            return Future.succeededFuture(
                    new Membership(builder.with(vertxOptions).build(), null));
        }
        return ClusterSetup.join(builder, vertxOptions, cluster, name, options.decides())
                .map(member -> new Membership(member.vertx(), member));
    }

    /** The bus and the pools; of what the gateway does with HTTP it counts what matters itself, and each meter costs. */
    private static MicrometerMetricsOptions meteredParts() {
        var parts = new MicrometerMetricsOptions().setEnabled(true);
        for (MetricsDomain part : MetricsDomain.values()) {
            if (part != MetricsDomain.EVENT_BUS && part != MetricsDomain.NAMED_POOLS) {
                parts.addDisabledMetricsCategory(part);
            }
        }
        return parts;
    }
}
