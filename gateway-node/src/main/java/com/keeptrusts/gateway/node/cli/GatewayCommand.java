package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.node.ClusterOptions;
import com.keeptrusts.gateway.node.HostPort;
import com.keeptrusts.gateway.node.Node;
import com.keeptrusts.gateway.node.NodeOptions;
import com.keeptrusts.gateway.node.Roles;
import com.keeptrusts.gateway.policy.PolicyCatalog;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kt gateway}: runs a process of the gateway, or talks to one that runs. */
@Command(
        name = "gateway",
        description = "Run the gateway, or talk to one that runs.",
        mixinStandardHelpOptions = true,
        subcommands = {GatewayCommand.Run.class, GatewayCommand.Reload.class, GatewayCommand.Drain.class})
public final class GatewayCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Runs until SIGTERM or SIGINT, then drains and ends with 0. */
    @Command(name = "run", description = "Run one process of the gateway.", mixinStandardHelpOptions = true)
    static final class Run implements Callable<Integer> {

        private static final int NOTICE_IN_CLUSTER_SECONDS = 2;

        @Option(
                names = "--listen",
                defaultValue = "0.0.0.0:41002",
                description = "Where clients connect. Default: ${DEFAULT-VALUE}")
        private String listen;

        @Option(
                names = "--admin-listen",
                defaultValue = "127.0.0.1:41003",
                description = "Where operators connect. Default: ${DEFAULT-VALUE}")
        private String adminListen;

        @Option(
                names = "--policy-config",
                description = "Repeatable: later files win per key. Needed where the ingress role is.")
        private List<Path> policyConfig = new ArrayList<>();

        @Option(
                names = "--fail-mode",
                defaultValue = "block",
                description =
                        "What becomes of a request whose policy cannot judge: block or allow. Default: ${DEFAULT-VALUE}")
        private String failMode;

        @Option(
                names = "--max-concurrency",
                defaultValue = "0",
                description = "Upstream calls per target at a time. Default: 512, adapted to the target's refusals")
        private int maxConcurrency;

        @Option(
                names = "--max-connections",
                defaultValue = "0",
                description =
                        "Client connections at a time; one client gets half of them at most. Default: 10000, or half"
                                + " of the files that the process may have open")
        private int maxConnections;

        @Option(
                names = "--roles",
                defaultValue = "all",
                description = "ingress,policy,provider,audit or policy:<kind>=<n>. Default: ${DEFAULT-VALUE}")
        private String roles;

        @Option(
                names = "--policy-instances",
                description = "Workers per policy kind: <kind>=<n>,... Default: one per core, at most 4")
        private @Nullable String policyInstances;

        @Option(
                names = "--cluster",
                arity = "0..1",
                fallbackValue = "cluster.xml",
                description =
                        "Join the cluster that this Hazelcast configuration describes. Default without a value: cluster.xml")
        private @Nullable Path cluster;

        @Option(
                names = "--cluster-tls",
                defaultValue = "${env:KEEPTRUSTS_CLUSTER_TLS:-}",
                description = "Directory with ca.crt, tls.crt and tls.key for the bus between nodes, which it needs off"
                        + " loopback (kt cluster certs). Also: KEEPTRUSTS_CLUSTER_TLS")
        private String clusterTls;

        @Option(
                names = "--cluster-bus-port",
                defaultValue = "0",
                description = "Port of the bus between nodes, for firewalls that must know it. Default: any free one")
        private int clusterBusPort;

        @Option(
                names = "--cluster-bus-address",
                description = "host:port by which other nodes reach the bus, where that is not where it listens (NAT)")
        private @Nullable String clusterBusAddress;

        @Option(
                names = "--data-dir",
                defaultValue = "data",
                description = "Ledger, keys, spool. Default: ${DEFAULT-VALUE}")
        private Path dataDir;

        @Option(
                names = "--upstream",
                defaultValue = "${env:KEEPTRUSTS_UPSTREAM_URL:-}",
                description = "Replaces every target's base URL, for debugging. Also: KEEPTRUSTS_UPSTREAM_URL")
        private String upstream;

        @Option(
                names = "--drain-notice",
                description = "Seconds for which a process that is told to end only says that it is not ready, so that"
                        + " clients go elsewhere, before it refuses. Default: 2 with --cluster, else 0")
        private @Nullable Integer drainNotice;

        @Option(
                names = "--drain-timeout",
                defaultValue = "60",
                description =
                        "Seconds that running answers have when the process is told to end. Default: ${DEFAULT-VALUE}")
        private int drainSeconds;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException, TimeoutException {
            long started = System.nanoTime();
            NodeOptions options = options();
            Node node = Node.start(options).await(2, TimeUnit.MINUTES);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(node), "drain"));
            Greeting.lines(node, options, System.nanoTime() - started)
                    .forEach(spec.commandLine().getErr()::println);
            new CountDownLatch(1).await(); // the signal ends the process
            return 0;
        }

        private void end(Node node) {
            try {
                node.stop().await(noticeSeconds() + drainSeconds + 30L, TimeUnit.SECONDS);
            } catch (TimeoutException _) {
                spec.commandLine().getErr().println("kt: not everything had ended in time");
            }
            Runtime.getRuntime().halt(0); // else the JVM would end with the signal's number
        }

        private ClusterOptions clusterOptions(Path xml) {
            return new ClusterOptions(
                    xml,
                    clusterTls.isBlank() ? null : Path.of(clusterTls),
                    clusterBusPort,
                    clusterBusAddress == null ? null : HostPort.parse(clusterBusAddress));
        }

        private NodeOptions options() {
            var kinds = PolicyCatalog.installed().kinds();
            Map<String, Integer> instances =
                    policyInstances == null ? Map.of() : Roles.parseInstances(policyInstances, kinds);
            Roles parsed = Roles.parse(roles, kinds);
            if (!List.of("block", "allow").contains(failMode)) {
                throw new IllegalArgumentException("--fail-mode: '" + failMode + "' (expected: block or allow)");
            }
            if (maxConnections < 0) {
                throw new IllegalArgumentException("--max-connections: " + maxConnections + " (expected: 1 or more)");
            }
            if (parsed.has(Role.INGRESS) && policyConfig.isEmpty()) {
                throw new IllegalArgumentException(
                        "--policy-config: missing (expected: a file; kt init writes one, config/ holds examples)");
            }
            return new NodeOptions(
                    HostPort.parse(listen),
                    HostPort.parse(adminListen),
                    policyConfig,
                    failMode.equals("allow"),
                    maxConcurrency,
                    maxConnections,
                    parsed,
                    instances,
                    cluster == null ? null : clusterOptions(cluster),
                    dataDir,
                    upstream.isBlank() ? null : upstream,
                    Duration.ofSeconds(noticeSeconds()),
                    Duration.ofSeconds(drainSeconds),
                    System::getenv);
        }

        /** Clients of a process on its own have nowhere else to go. */
        private int noticeSeconds() {
            if (drainNotice == null) {
                return cluster == null ? 0 : NOTICE_IN_CLUSTER_SECONDS;
            }
            return drainNotice;
        }
    }

    /**
     * Exit code 0 when all nodes agreed and this one runs it, 2 when it was refused and the old one stays, or when the process
     * holds no configuration.
     */
    @Command(
            name = "reload",
            description =
                    "Read the configuration files of one node again and run what they say on all nodes; one that any"
                            + " node refuses changes nothing.",
            mixinStandardHelpOptions = true)
    static final class Reload implements Callable<Integer> {

        @Option(
                names = "--admin",
                defaultValue = AdminClient.DEFAULT_URL,
                description = "Management address. Default: ${DEFAULT-VALUE}")
        private String admin;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            JsonObject answer = new AdminClient(admin).post("/keeptrusts/config/reload");
            if (answer.containsKey("errors")) {
                answer.getJsonArray("errors")
                        .forEach(error -> spec.commandLine().getErr().println(line((JsonObject) error)));
                spec.commandLine().getErr().println("refused: every node runs what it ran before");
                return 2;
            }
            if (answer.containsKey("error")) { // of a process that holds none
                spec.commandLine().getErr().println(answer.getString("error"));
                return 2;
            }
            spec.commandLine()
                    .getOut()
                    .println("reloaded: digest " + answer.getString("digest") + " on "
                            + answer.getJsonArray("nodes").size() + " node(s)");
            answer.getJsonArray("pending")
                    .forEach(node -> spec.commandLine().getErr().println(node + " has not said yet that it runs it"));
            return 0;
        }
    }

    /** Where and what: a file and its line, or a node; the path; the message. */
    private static String line(JsonObject error) {
        String place = error.containsKey("node")
                ? "node " + error.getString("node") + ": "
                : error.containsKey("file") ? error.getString("file") + ":" + error.getInteger("line") + ": " : "";
        String path = error.getString("path", "");
        String hint = error.containsKey("suggestion") ? "; did you mean '" + error.getString("suggestion") + "'?" : "";
        return place + (path.isEmpty() ? "" : path + ": ") + error.getString("message") + hint;
    }

    /** Returns when the process has said that it drains; the process ends by itself afterwards. */
    @Command(
            name = "drain",
            description = "Let a process finish what it has, then end.",
            mixinStandardHelpOptions = true)
    static final class Drain implements Callable<Integer> {

        @Option(
                names = "--admin",
                defaultValue = AdminClient.DEFAULT_URL,
                description = "Management address. Default: ${DEFAULT-VALUE}")
        private String admin;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            spec.commandLine()
                    .getOut()
                    .println(new AdminClient(admin).post("/keeptrusts/drain").encode());
            return 0;
        }
    }
}
