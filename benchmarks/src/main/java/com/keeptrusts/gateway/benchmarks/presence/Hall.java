package com.keeptrusts.gateway.benchmarks.presence;

import com.hazelcast.config.Config;
import com.hazelcast.config.FileSystemXmlConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.PolicyVerdicts;
import com.keeptrusts.gateway.contract.Presence;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Registration;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.contract.StreamOpened;
import com.keeptrusts.gateway.contract.StreamReleased;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/** Nodes of one cluster in one process: each a member of Hazelcast with an event bus and workers of its own. */
final class Hall implements AutoCloseable {

    private static final int FIRST_PORT = 15_701;
    private static final long START_SECONDS = 120;

    /** Beside the policy workers, each of which wants to know the providers: an ingress instance and the console. */
    private static final int OTHER_LISTENERS = 2;

    private final List<Vertx> nodes = new ArrayList<>();
    private final List<HazelcastInstance> members = new ArrayList<>();
    private final LongAdder heard = new LongAdder();

    private Hall() {}

    /** Returns when all nodes have met. */
    static Hall open(Path clusterXml, int size) throws Exception {
        var hall = new Hall();
        for (int n = 0; n < size; n++) {
            hall.join(clusterXml, size);
        }
        return hall;
    }

    private void join(Path clusterXml, int size) throws Exception {
        Config config = new FileSystemXmlConfig(clusterXml.toFile());
        config.setClusterName("presence-measurement");
        config.getMemberAttributeConfig().setAttribute("__vertx.nodeId", "node-" + nodes.size());
        var endpoint = (ServerSocketEndpointConfig) Objects.requireNonNull(
                config.getAdvancedNetworkConfig().getEndpointConfigs().get(EndpointQualifier.MEMBER),
                "members meet there");
        endpoint.setPort(FIRST_PORT).setPortCount(size);
        List<String> addresses = new ArrayList<>();
        for (int n = 0; n < size; n++) {
            addresses.add("127.0.0.1:" + (FIRST_PORT + n));
        }
        config.getAdvancedNetworkConfig().getJoin().getTcpIpConfig().setMembers(addresses);
        HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
        members.add(member);
        var bus = new EventBusOptions().setHost("127.0.0.1").setPort(0).setTcpNoDelay(true);
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions().setEventLoopPoolSize(1).setEventBusOptions(bus))
                .withClusterManager(new HazelcastClusterManager(member))
                .buildClustered()
                .await(START_SECONDS, TimeUnit.SECONDS);
        Bus.prepare(vertx);
        nodes.add(vertx);
    }

    /** Registers what a policy worker registers, so many times on each node; milliseconds that one worker took. */
    double register(int workersOnEach) throws Exception {
        long start = System.nanoTime();
        for (Vertx node : nodes) {
            Bus bus = Bus.of(node);
            for (int i = 0; i < workersOnEach + OTHER_LISTENERS; i++) {
                bus.listen(Address.PRESENCE, _ -> heard.increment()).await(START_SECONDS, TimeUnit.SECONDS);
            }
            for (int i = 0; i < workersOnEach; i++) {
                entrances(bus, worker(node, i)).await(START_SECONDS, TimeUnit.SECONDS);
            }
        }
        return (System.nanoTime() - start) / 1e6 / nodes.size() / workersOnEach;
    }

    private Future<?> entrances(Bus bus, String worker) {
        Future<Registration> whole =
                bus.answer(Address.ofPolicy(worker), _ -> Future.<PolicyVerdicts>failedFuture("not asked"));
        Future<Registration> open =
                bus.answer(Address.ofStreamOpen(worker), _ -> Future.<StreamOpened>failedFuture("not asked"));
        Future<Registration> text =
                bus.answer(Address.ofStreamText(worker), _ -> Future.<StreamReleased>failedFuture("not asked"));
        return Future.all(whole, open, text, bus.listen(Address.ofStreamClose(worker), _ -> {}));
    }

    /** From now on every worker announces itself each second. */
    void announce(int workersOnEach) {
        for (Vertx node : nodes) {
            for (int i = 0; i < workersOnEach; i++) {
                String worker = worker(node, i);
                String name = name(node);
                Presence.announce(
                        node,
                        () -> new WorkerPresent(
                                worker, Role.POLICY, "prompt-injection", name, 1_024, 3, 1, 0.25, 180, "", "0.1.0"));
            }
        }
    }

    private String worker(Vertx node, int number) {
        return Address.policyWorker("prompt-injection", name(node), number);
    }

    /** As long as those of real nodes. */
    private String name(Vertx node) {
        return "gateway-worker-%04d-1f2e3d4c".formatted(nodes.indexOf(node));
    }

    /** Announcements that listeners were given so far. */
    long heard() {
        return heard.sum();
    }

    static int listeners(int workersOnEach) {
        return workersOnEach + OTHER_LISTENERS;
    }

    @Override
    public void close() throws TimeoutException {
        for (Vertx node : nodes) {
            node.close().await(START_SECONDS, TimeUnit.SECONDS);
        }
        members.forEach(HazelcastInstance::shutdown);
    }
}
