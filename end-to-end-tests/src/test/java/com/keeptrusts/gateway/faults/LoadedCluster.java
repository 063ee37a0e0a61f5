package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.read.VerificationReport;
import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.journeys.ClusterFile;
import com.keeptrusts.gateway.journeys.GatewayProcess;
import com.keeptrusts.gateway.journeys.Management;
import com.keeptrusts.gateway.node.HostPort;
import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Named processes joined by Hazelcast on this machine, before one upstream. A process that ends may be started again under
 * its name, on its port and its data directory.
 */
final class LoadedCluster implements AutoCloseable {

    private static final String CONFIG = Path.of("..", "config", "policy-config.yaml")
            .toAbsolutePath()
            .normalize()
            .toString();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final CerebrasSimulator upstream;
    private final Path folder;
    private final Path clusterXml;
    private final Map<String, GatewayProcess> processes = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final AtomicInteger marks = new AtomicInteger();

    /**
     * Starts the upstream only.
     *
     * @param members processes at a time, at most
     */
    LoadedCluster(Path folder, int members) throws Exception {
        this.folder = folder;
        this.clusterXml = ClusterFile.write(folder, members);
        this.upstream =
                CerebrasSimulator.start(vertx, SimulatorSettings.cerebras()).await(30, TimeUnit.SECONDS);
        answers(30, 60);
    }

    /** From now on the upstream's answers have so many tokens, at so many a second. */
    void answers(int tokens, int perSecond) {
        upstream.options(Map.of("tokens", "" + tokens, "rate", "" + perSecond, "queue_ms", "0", "ttft_ms", "20"));
    }

    Path clusterXml() {
        return clusterXml;
    }

    CerebrasSimulator upstream() {
        return upstream;
    }

    /** Starts a process with these roles, and the configuration and a door where they include the ingress. */
    GatewayProcess start(String name, String roles, String... more) throws Exception {
        return start(GatewayProcess.LIBRARIES, name, roles, more);
    }

    /** The same of another build. */
    GatewayProcess start(Path libraries, String name, String roles, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("gateway", "run", "--cluster", clusterXml.toString()));
        arguments.addAll(List.of("--admin-listen", "127.0.0.1:0", "--roles", roles));
        arguments.addAll(List.of("--data-dir", data(name).toString()));
        if (roles.contains("ingress") || roles.contains("all")) {
            int port = ports.containsKey(name) ? ports.get(name) : GatewayProcess.freePort();
            ports.put(name, port);
            arguments.addAll(List.of("--policy-config", CONFIG, "--listen", "127.0.0.1:" + port));
        }
        arguments.addAll(List.of(more));
        GatewayProcess process = GatewayProcess.start(libraries, environment(), arguments.toArray(String[]::new));
        processes.put(name, process);
        return process;
    }

    /** Another command of {@code kt}, which is ready when it has said these words. */
    GatewayProcess run(String readyWords, String... arguments) throws Exception {
        GatewayProcess process = GatewayProcess.run(readyWords, arguments);
        processes.put(String.join(" ", arguments), process);
        return process;
    }

    Map<String, String> environment() {
        return Map.of("KEEPTRUSTS_UPSTREAM_URL", upstream.baseUrl(), "CEREBRAS_API_KEY", "csk-test");
    }

    GatewayProcess process(String name) {
        GatewayProcess process = processes.get(name);
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }

    Path data(String name) {
        return ledgers().resolve(name);
    }

    /** SIGTERM; fails unless the process ends by itself and says that all went well. */
    void stop(String name) throws Exception {
        assertThat(process(name).terminate(PATIENCE))
                .as(name + ":\n" + process(name).output())
                .isZero();
        processes.remove(name);
    }

    /** Another process is asked to have it end; fails as {@link #stop}. */
    void drain(String name, String via) throws Exception {
        GatewayProcess asked = GatewayProcess.run(
                "is draining",
                "cluster",
                "drain",
                process(name).node(),
                "--admin=http://127.0.0.1:" + process(via).adminPort());
        asked.close();
        assertThat(process(name).awaitEnd(PATIENCE))
                .as(name + ":\n" + process(name).output())
                .isZero();
        processes.remove(name);
    }

    /** The workers that a process hears. */
    List<JsonObject> heardBy(String name) throws IOException {
        return Management.of(process(name).adminPort()).json("/keeptrusts/cluster").getJsonArray("workers").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    /** Returns when the process hears as many workers as wanted of those that are meant. */
    void awaitHeard(String name, int wanted, Predicate<JsonObject> meant) throws Exception {
        Await.until(PATIENCE, () -> heardBy(name).stream().filter(meant).count() == wanted);
    }

    /** Returns when so many of those that are meant have answered lately: a newcomer has to learn its settings first. */
    void awaitServing(String name, int wanted, Predicate<JsonObject> meant) throws Exception {
        awaitHeard(name, wanted, meant.and(worker -> worker.getLong("p99_us") > 0));
    }

    static Predicate<JsonObject> role(String role) {
        return worker -> worker.getString("role").equals(role);
    }

    static Predicate<JsonObject> kind(String kind) {
        return worker -> worker.getString("kind").equals(kind);
    }

    /** A load that goes to all doors in turn. */
    MarkedLoad load(int perSecond) {
        List<HostPort> doors = ports.values().stream()
                .map(port -> new HostPort("127.0.0.1", port))
                .toList();
        return MarkedLoad.start(vertx, doors, perSecond, marks);
    }

    /** A JVM that has just started is slow: returns when requests are answered within a second. */
    void warmUp() throws Exception {
        Await.until(PATIENCE, () -> {
            try (MarkedLoad load = load(40)) {
                load.awaitSent(40);
                return load.finish().stream().allMatch(answer -> answer.good() && answer.millis() < 2_000);
            }
        });
    }

    /** Fails unless every request was answered as it should. */
    static void assertAllGood(MarkedLoad load, List<MarkedAnswer> answers) {
        assertThat(answers.stream().filter(answer -> !answer.good()).toList())
                .as("of " + answers.size() + " answers; without any answer: " + load.causes())
                .isEmpty();
    }

    /**
     * Stops every process, and fails unless each ledger verifies and all together have exactly one acceptance and one
     * outcome of each answered request.
     */
    void stopAndReconcile(List<MarkedAnswer> answers) throws Exception {
        for (String name : doorsFirst()) {
            stop(name);
        }
        Path together = logsTogether();
        VerificationReport report = new LedgerVerification().verify(together);
        assertThat(report.exitCode()).as(String.join("\n", report.lines())).isZero();
        LedgerView ledgers = LedgerView.of(together);
        assertThat(ledgers.orphaned()).isEmpty();
        assertThat(answers).allSatisfy(answer -> {
            assertThat(ledgers.accepted()).containsKey(answer.requestId());
            assertThat(ledgers.outcomes()).containsEntry(answer.requestId(), 1);
        });
        assertThat(answers.stream().map(MarkedAnswer::requestId).collect(Collectors.toSet()))
                .hasSameSizeAs(answers);
    }

    /** What doors say last is still recorded then. */
    private List<String> doorsFirst() {
        return processes.keySet().stream()
                .sorted(Comparator.comparing(name -> !ports.containsKey(name)))
                .toList();
    }

    /** The logs of all writers in one directory, as somebody sees them who collects them. */
    Path logsTogether() throws IOException {
        Path together = Files.createTempDirectory(folder, "together");
        try (Stream<Path> logs = Files.find(ledgers(), 3, (path, _) -> path.endsWith("audit/writer-0"))) {
            for (Path log : logs.toList()) {
                String name = ledgers().relativize(log).getName(0).toString();
                Files.createSymbolicLink(together.resolve(name), log);
            }
        }
        return together;
    }

    private Path ledgers() {
        return folder.resolve("ledgers");
    }

    @Override
    public void close() throws TimeoutException {
        processes.values().forEach(GatewayProcess::close);
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
