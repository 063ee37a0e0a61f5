package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.node.HostPort;
import com.keeptrusts.gateway.node.Node;
import com.keeptrusts.gateway.node.NodeOptions;
import com.keeptrusts.gateway.node.Roles;
import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kt quickstart}: the whole gateway in one process before the built-in simulator; no key, no network. */
@Command(
        name = "quickstart",
        description = "Start the gateway before the built-in Cerebras simulator, show what it does, and stay up.",
        mixinStandardHelpOptions = true)
public final class QuickstartCommand implements Callable<Integer> {

    @Option(
            names = "--listen",
            defaultValue = "127.0.0.1:41002",
            description = "Where clients connect. Default: ${DEFAULT-VALUE}")
    private String listen;

    @Option(
            names = "--admin-listen",
            defaultValue = "127.0.0.1:41003",
            description = "Where operators connect. Default: ${DEFAULT-VALUE}")
    private String adminListen;

    @Option(names = "--data-dir", description = "Ledger, keys. Default: a new folder among the temporary files")
    private @Nullable Path dataDir;

    @Option(names = "--exit", description = "End after the tour; exit code 0 only when all of it held.")
    private boolean exit;

    @Option(
            names = "--rehearse",
            hidden = true,
            defaultValue = "0",
            description = "Seconds of load of each kind after the tour, for the JVM to learn from.")
    private int rehearsal;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, TimeoutException {
        PrintWriter out = spec.commandLine().getOut();
        Path data = dataDir == null ? Files.createTempDirectory("keeptrusts-quickstart-") : dataDir;
        Vertx vertx = Vertx.vertx();
        try {
            CerebrasSimulator simulator =
                    CerebrasSimulator.start(vertx, SimulatorSettings.cerebras()).await(1, TimeUnit.MINUTES);
            NodeOptions options = options(simulator, data);
            long started = System.nanoTime();
            Node node = Node.start(options).await(2, TimeUnit.MINUTES);
            try {
                Greeting.lines(node, options, System.nanoTime() - started).forEach(out::println);
                boolean held = tour(node, simulator, data, out);
                if (rehearsal > 0) {
                    new Rehearsal(vertx, simulator, node.port()).run(Duration.ofSeconds(rehearsal));
                }
                if (!exit) {
                    stayUp(node, data, out);
                }
                return held ? 0 : 1;
            } finally {
                node.stop().await(2, TimeUnit.MINUTES);
            }
        } finally {
            vertx.close().await(30, TimeUnit.SECONDS);
        }
    }

    private static boolean tour(Node node, CerebrasSimulator simulator, Path data, PrintWriter out)
            throws IOException, InterruptedException {
        out.println();
        var tour = new Tour("http://127.0.0.1:" + node.port(), simulator, out);
        tour.answer();
        tour.stream();
        tour.block();
        tour.redaction();
        new LedgerTour(data, out).show(tour);
        out.println();
        out.println(tour.held() ? "All of it held." : "Not all of it held: see the lines marked FAILED.");
        return tour.held();
    }

    private static void stayUp(Node node, Path data, PrintWriter out) throws InterruptedException {
        out.println();
        out.println("The gateway stays up until you press Ctrl-C. Try:");
        out.println(
                "  curl http://localhost:" + node.port() + "/v1/chat/completions -H 'Content-Type: application/json' -d"
                        + " '{\"model\":\"llama3.3-70b\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}'");
        out.println("  curl http://localhost:" + node.port() + "/health");
        out.println("  curl http://localhost:" + node.adminPort() + "/metrics");
        out.println("  ./kt events tail --data-dir " + data);
        out.println("  ./kt events verify --data-dir " + data);
        out.flush();
        new CountDownLatch(1).await();
    }

    private NodeOptions options(CerebrasSimulator simulator, Path data) throws IOException {
        Path config = data.resolve("policy-config.yaml");
        Files.createDirectories(data);
        try (InputStream in = QuickstartCommand.class.getResourceAsStream("/templates/cerebras.yaml")) {
            Files.write(
                    config,
                    Objects.requireNonNull(in, "templates/cerebras.yaml").readAllBytes());
        }
        Map<String, String> environment = Map.of("CEREBRAS_API_KEY", "csk-quickstart");
        return new NodeOptions(
                HostPort.parse(listen),
                HostPort.parse(adminListen),
                List.of(config),
                false,
                0,
                Roles.ALL,
                Map.of(),
                null,
                data,
                simulator.baseUrl(),
                Duration.ofSeconds(5),
                environment::get);
    }
}
