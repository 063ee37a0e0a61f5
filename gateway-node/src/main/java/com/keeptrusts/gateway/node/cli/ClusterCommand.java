package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.node.ClusterCertificates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kt cluster}: who is there, what they run and how busy they are. */
@Command(
        name = "cluster",
        description = "Look at the nodes of a running gateway.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ClusterCommand.Status.class,
            ClusterCommand.Certs.class,
            AutoscaleCommand.class,
            DrainNodeCommand.class
        })
public final class ClusterCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Certificates for the bus between nodes. */
    @Command(
            name = "certs",
            description = {
                "Make a certificate authority for the bus between nodes, and a certificate for each node named.",
                "One that is there already is used again."
            },
            mixinStandardHelpOptions = true)
    static final class Certs implements Callable<Integer> {

        @Parameters(arity = "0..*", paramLabel = "NODE", description = "Names of nodes. Default: node")
        private List<String> nodes = List.of("node");

        @Option(names = "--output", defaultValue = "certs", description = "Default: ${DEFAULT-VALUE}")
        private Path output;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            for (Path node : new ClusterCertificates(output).issue(nodes)) {
                spec.commandLine().getOut().println("--cluster-tls " + node);
            }
            return 0;
        }
    }

    /** One line per node and per worker, as the asked node hears them. */
    @Command(
            name = "status",
            description = "Nodes, roles, builds, workers per policy kind, config digests, queue depths.",
            mixinStandardHelpOptions = true)
    static final class Status implements Callable<Integer> {

        @Option(
                names = "--admin",
                defaultValue = AdminClient.DEFAULT_URL,
                description = "Management address of any ingress node. Default: ${DEFAULT-VALUE}")
        private String admin;

        @Option(names = "--json", description = "Print one JSON document.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            JsonObject cluster = new AdminClient(admin).cluster();
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(cluster.encodePrettily());
                return 0;
            }
            out.printf("nodes: %d  config: %s%n", cluster.getInteger("nodes"), cluster.getString("config_digest"));
            configs(cluster, out);
            out.printf(
                    "%-9s %-20s %-50s %8s %6s %6s %9s%n",
                    "ROLE", "KIND", "WORKER", "WORKING", "QUEUE", "BUSY", "P99 us");
            JsonArray workers = cluster.getJsonArray("workers");
            for (int i = 0; i < workers.size(); i++) {
                JsonObject worker = workers.getJsonObject(i);
                out.printf(
                        "%-9s %-20s %-50s %8d %6d %5.0f%% %9d%n",
                        worker.getString("role"),
                        worker.getString("kind"),
                        worker.getString("address"),
                        worker.getInteger("outstanding"),
                        worker.getInteger("queue_depth"),
                        worker.getDouble("busy_share") * 100,
                        worker.getLong("p99_us"));
            }
            return 0;
        }

        private static void configs(JsonObject cluster, PrintWriter out) {
            JsonArray differences = cluster.getJsonArray("config_differences", new JsonArray());
            differences.forEach(difference -> out.println("CONFIG DIFFERS: " + difference));
            out.printf("%-24s %-30s %-10s %s%n", "NODE", "ROLES", "BUILD", "CONFIG");
            for (Object one : cluster.getJsonArray("config_by_node", new JsonArray())) {
                var node = (JsonObject) one;
                out.printf(
                        "%-24s %-30s %-10s %s%s%n",
                        node.getString("node"),
                        String.join(
                                ",",
                                node.getJsonArray("roles").stream()
                                        .map(String::valueOf)
                                        .toList()),
                        node.getString("build"),
                        node.getString("origin"),
                        node.getBoolean("files_differ") ? "; its own files hold another" : "");
            }
        }
    }
}
