package com.keeptrusts.gateway.node;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.FileSystemXmlConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Joins this process to the others through Hazelcast, as {@code cluster.xml} says. */
final class ClusterSetup {

    /** Where the cluster manager looks up a member's name when it is given a running Hazelcast instance. */
    private static final String NODE_ID = "__vertx.nodeId";

    /** Whether a member takes part in reloads. */
    private static final String DECIDES = "keeptrusts.decides";

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration PING = Duration.ofSeconds(2);

    /** Longer than a long collection: with the connection goes what is on the way, and so the streams in it. */
    private static final Duration PONG = Duration.ofSeconds(4);

    private ClusterSetup() {}

    /**
     * The address on which members meet is also the event bus's: the first interface of {@code cluster.xml}.
     *
     * @param decides whether this node takes part in reloads
     */
    static Future<Member> join(
            VertxBuilder builder, VertxOptions options, ClusterOptions cluster, String node, boolean decides) {
        Path clusterXml = cluster.xml();
        Config config = read(clusterXml);
        config.getMemberAttributeConfig().setAttribute(NODE_ID, node).setAttribute(DECIDES, Boolean.toString(decides));
        HazelcastInstance hazelcast;
        try {
            hazelcast = Hazelcast.newHazelcastInstance(config);
        } catch (RuntimeException e) {
            return Future.failedFuture(
                    new IllegalStateException(clusterXml + ": the cluster could not be joined: " + e.getMessage(), e));
        }
        String host = hazelcast.getCluster().getLocalMember().getAddress().getHost();
        var bus = new EventBusOptions()
                .setHost(host)
                .setPort(cluster.busPort())
                .setTrustAll(false)
                .setTcpNoDelay(true)
                .setConnectTimeout((int) CONNECT.toMillis())
                .setClusterPingInterval(PING.toMillis())
                .setClusterPingReplyInterval(PONG.toMillis())
                .setIdleTimeout(0)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        HostPort outward = cluster.busAddress();
        if (outward != null) {
            bus.setClusterPublicHost(outward.host()).setClusterPublicPort(outward.port());
        }
        try {
            BusTls.require(host, cluster.tls());
            if (cluster.tls() != null) {
                BusTls.apply(bus, cluster.tls());
            }
        } catch (IllegalArgumentException e) {
            hazelcast.shutdown();
            return Future.failedFuture(e);
        }
        options.setEventBusOptions(bus);
        return builder.with(options)
                .withClusterManager(new HazelcastClusterManager(hazelcast))
                .buildClustered()
                .map(vertx -> new Member(vertx, hazelcast))
                .onFailure(_ -> hazelcast.shutdown());
    }

    private static Config read(Path clusterXml) {
        try {
            return new FileSystemXmlConfig(clusterXml.toFile());
        } catch (FileNotFoundException e) {
            throw new IllegalArgumentException(
                    "--cluster: " + clusterXml + " is not there (expected: a Hazelcast configuration)", e);
        }
    }

    /** A Vert.x instance that is a member, and the membership it must give back when it ends. */
    record Member(Vertx vertx, HazelcastInstance hazelcast) {

        int size() {
            return hazelcast.getCluster().getMembers().size();
        }

        /** All that are in it now, this one included. */
        List<Strangers.Member> members() {
            return hazelcast.getCluster().getMembers().stream()
                    .map(member -> new Strangers.Member(
                            member.getUuid().toString(),
                            Objects.requireNonNullElse(member.getAttribute(NODE_ID), ""),
                            member.getAddress().getHost() + ":"
                                    + member.getAddress().getPort()))
                    .toList();
        }

        /** Names of the other nodes that take part in reloads. */
        List<String> othersThatDecide() {
            return hazelcast.getCluster().getMembers().stream()
                    .filter(member -> !member.localMember() && "true".equals(member.getAttribute(DECIDES)))
                    .map(member -> member.getAttribute(NODE_ID))
                    .filter(Objects::nonNull)
                    .toList();
        }

        /** Tells the names of nodes that are gone, killed or left, as soon as the cluster has noticed. */
        void onNodeGone(Consumer<String> listener) {
            hazelcast.getCluster().addMembershipListener(new MembershipListener() {
                @Override
                public void memberAdded(MembershipEvent joined) {
                    // it announces its workers itself
                }

                @Override
                public void memberRemoved(MembershipEvent gone) {
                    String node = gone.getMember().getAttribute(NODE_ID);
                    if (node != null) {
                        listener.accept(node);
                    }
                }
            });
        }

        /** Leaves after everything else has ended; an instance given to the cluster manager is not shut down by it. */
        Future<Void> leave() {
            return vertx.close().onComplete(_ -> hazelcast.shutdown());
        }
    }
}
