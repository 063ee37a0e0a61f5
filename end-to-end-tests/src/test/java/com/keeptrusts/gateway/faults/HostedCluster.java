package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.faults.net.Host;
import com.keeptrusts.gateway.faults.net.Network;
import com.keeptrusts.gateway.journeys.GatewayProcess;
import com.keeptrusts.gateway.journeys.Management;
import com.keeptrusts.gateway.node.ClusterCertificates;
import com.keeptrusts.gateway.node.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/**
 * A gateway of several hosts, one process on each, as an operator runs it off loopback: the shipped cluster.xml with its
 * three changes, mutual TLS on the bus, a data directory for each. The upstream and the clients are outside.
 */
final class HostedCluster implements AutoCloseable {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final int PORT = 41_002;
    private static final int ADMIN_PORT = 41_003;

    private final Path folder;
    private final Network network;
    private final MarkedTraffic traffic;
    private final Map<String, Host> hosts = new TreeMap<>();
    private final HostLedgers ledgers;
    private final Map<String, GatewayProcess> processes = new ConcurrentHashMap<>();
    private final List<Path> config = new ArrayList<>(List.of(TOP.resolve("config/policy-config.yaml")));
    private final Map<String, String> environment = new HashMap<>();

    /** Hosts of these names, on which nothing runs yet. */
    HostedCluster(Path folder, String... names) throws Exception {
        this(folder, MarkedTraffic.JOURNAL, names);
    }

    /** As {@link #HostedCluster(Path, String...)}, whose upstream remembers no requests, however many there are. */
    static HostedCluster forgetful(Path folder, String... names) throws Exception {
        return new HostedCluster(folder, 0, names);
    }

    private HostedCluster(Path folder, int remembered, String... names) throws Exception {
        this.folder = folder;
        this.network = Network.open();
        try {
            for (String name : names) {
                hosts.put(name, network.host(name));
            }
            new ClusterCertificates(folder.resolve("certs")).issue(List.of(names));
            Files.writeString(folder.resolve("cluster.xml"), clusterXml());
            this.traffic = new MarkedTraffic(Network.OUTSIDE, remembered);
        } catch (Exception | AssertionError e) {
            network.close(); // for whoever waits to open the next
            throw e;
        }
        this.ledgers = new HostLedgers(folder, List.of(names), traffic);
        environment.putAll(
                Map.of("KEEPTRUSTS_UPSTREAM_URL", traffic.upstream().baseUrl(), "CEREBRAS_API_KEY", "csk-test"));
    }

    private String clusterXml() throws IOException {
        String members = String.join(
                "",
                hosts.values().stream()
                        .map(host -> "<member>" + host.address() + ":5701</member>")
                        .toList());
        String network = Network.OUTSIDE.substring(0, Network.OUTSIDE.lastIndexOf('.'));
        String own = Files.readString(TOP.resolve("cluster.xml"))
                .replaceAll("(?s)<member-list>.*</member-list>", "<member-list>" + members + "</member-list>")
                .replace("<interface>127.0.0.1</interface>", "<interface>" + network + ".*</interface>");
        assertThat(own).contains(members, network + ".*");
        return own;
    }

    /** Lets the settings of {@code audit-logger} be these, in YAML, for what is started from now on. */
    HostedCluster with(String auditSettings) throws IOException {
        String yaml = "policy:\n  audit-logger:\n" + auditSettings.indent(4);
        config.add(Files.writeString(folder.resolve("audit.yaml"), yaml));
        return this;
    }

    /** A variable for what is started from now on. */
    HostedCluster with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Network network() {
        return network;
    }

    Host host(String name) {
        Host host = hosts.get(name);
        if (host == null) {
            throw new IllegalArgumentException(name + " (expected: one of " + hosts.keySet() + ")");
        }
        return host;
    }

    MarkedTraffic traffic() {
        return traffic;
    }

    /** Starts a process; returns when it is ready. */
    GatewayProcess start(String name, String roles, String... more) throws Exception {
        Host host = host(name);
        List<String> arguments = new ArrayList<>(List.of(
                "gateway",
                "run",
                "--cluster",
                folder.resolve("cluster.xml").toString(),
                "--cluster-tls",
                folder.resolve("certs").resolve(name).toString(),
                "--roles",
                roles,
                "--listen",
                host.address() + ":" + PORT,
                "--admin-listen",
                host.address() + ":" + ADMIN_PORT,
                "--data-dir",
                data(name).toString()));
        if (roles.contains("ingress") || roles.contains("all")) {
            config.forEach(file -> arguments.addAll(List.of("--policy-config", file.toString())));
        }
        arguments.addAll(List.of(more));
        GatewayProcess process = GatewayProcess.startIn(host.enter(), environment, arguments.toArray(String[]::new));
        processes.put(name, process);
        return process;
    }

    /** Starts a process on each of the hosts, all at a time; returns when all are ready. */
    void startAll(Map<String, String> rolesByHost) throws Exception {
        List<Callable<GatewayProcess>> starts = new ArrayList<>();
        rolesByHost.forEach((name, roles) -> starts.add(() -> start(name, roles)));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<GatewayProcess> started : threads.invokeAll(starts)) {
                started.get();
            }
        }
    }

    GatewayProcess process(String name) {
        GatewayProcess process = processes.get(name);
        if (process == null) {
            throw new IllegalStateException("nothing was started on " + name);
        }
        return process;
    }

    void kill(String name) {
        process(name).kill();
    }

    void freeze(String name) throws IOException, InterruptedException {
        Shell.freeze(process(name).pid());
    }

    void thaw(String name) throws IOException, InterruptedException {
        Shell.thaw(process(name).pid());
    }

    HostPort door(String name) {
        return new HostPort(host(name).address(), PORT);
    }

    /** What the process on a host says of itself and of the others. */
    HostStatus at(String name) {
        return new HostStatus(door(name), new Management(host(name).address(), ADMIN_PORT));
    }

    MarkedLoad load(String door, int perSecond) {
        return traffic.load(door(door), perSecond);
    }

    /** As {@link #load}, where all answers are streamed. */
    MarkedLoad streams(String door, int perSecond) {
        return traffic.streams(door(door), perSecond);
    }

    /** The name that the process on a host has on the bus. */
    String nodeOf(String name) {
        return process(name).node();
    }

    Path data(String name) {
        return ledgers.data(name);
    }

    /** What the hosts have recorded. */
    HostLedgers ledgers() {
        return ledgers;
    }

    /** SIGTERM; returns the exit code. */
    int terminate(String name) throws InterruptedException, TimeoutException {
        GatewayProcess process = process(name);
        processes.remove(name);
        int code = process.terminate(Duration.ofSeconds(90));
        process.close();
        return code;
    }

    @Override
    public void close() throws TimeoutException {
        try {
            processes.values().forEach(GatewayProcess::close);
            traffic.close();
        } finally {
            network.close();
        }
    }
}
