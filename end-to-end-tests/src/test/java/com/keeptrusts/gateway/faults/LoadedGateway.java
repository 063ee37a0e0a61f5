package com.keeptrusts.gateway.faults;

import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.journeys.GatewayProcess;
import com.keeptrusts.gateway.journeys.Management;
import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One gateway process on a data directory, before an upstream that outlives it and keeps a journal of its own. */
final class LoadedGateway implements AutoCloseable {

    private static final Path SHIPPED =
            Path.of("..", "config", "policy-config.yaml").toAbsolutePath().normalize();
    private static final int JOURNAL = 200_000;
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final CerebrasSimulator upstream;
    private final Path folder;
    private final Path data;
    private final List<Path> config = new ArrayList<>(List.of(SHIPPED));
    private final AtomicInteger marks = new AtomicInteger();
    private @Nullable GatewayProcess process;

    /**
     * Starts the upstream only.
     *
     * @param folder for files that are not the gateway's
     */
    LoadedGateway(Path folder, Path data) throws Exception {
        this.folder = folder;
        this.data = data;
        this.upstream = CerebrasSimulator.start(
                        vertx, SimulatorSettings.cerebras().withRequestsKept(JOURNAL))
                .await(30, TimeUnit.SECONDS);
        upstream.options(Map.of("tokens", "30", "rate", "600", "queue_ms", "0", "ttft_ms", "20"));
    }

    /** Lets the settings of {@code audit-logger} be these, in YAML, one to a line. */
    LoadedGateway with(String auditSettings) throws IOException {
        String yaml = "policy:\n  audit-logger:\n" + auditSettings.indent(4);
        config.add(Files.writeString(folder.resolve("audit.yaml"), yaml));
        return this;
    }

    /** Starts it with the configuration so far; fails with what it said when it does not become ready. */
    void start(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "gateway",
                "run",
                "--listen",
                "127.0.0.1:0",
                "--admin-listen",
                "127.0.0.1:0",
                "--data-dir",
                data.toString()));
        arguments.addAll(List.of(more));
        config.forEach(file -> arguments.addAll(List.of("--policy-config", file.toString())));
        process = GatewayProcess.start(
                Map.of("KEEPTRUSTS_UPSTREAM_URL", upstream.baseUrl(), "CEREBRAS_API_KEY", "csk-test"),
                arguments.toArray(String[]::new));
    }

    GatewayProcess process() {
        if (process == null) {
            throw new IllegalStateException("the gateway was not started");
        }
        return process;
    }

    Path data() {
        return data;
    }

    MarkedLoad load(int perSecond) {
        return MarkedLoad.start(vertx, process().port(), perSecond, marks);
    }

    /** A few requests one after the other, as somebody sends who wants to see how it stands; their answers. */
    List<MarkedAnswer> ask(int count) throws Exception {
        try (MarkedLoad load = load(50)) {
            Await.until(() -> load.sent() >= count);
            load.stop();
            Await.until(SETTLED, load::settled);
            return load.answers();
        }
    }

    /** A JVM that has just started is slow: returns when requests are answered within a second. */
    void warmUp() throws Exception {
        Await.until(SETTLED, () -> ask(10).stream().allMatch(answer -> answer.good() && answer.millis() < 1_000));
    }

    /** The marks of the prompts that the upstream got, by its own journal. */
    Set<Mark> reachedUpstream() {
        return upstream.requests().stream()
                .flatMap(request -> Mark.in(request.bodyText()).stream())
                .collect(Collectors.toSet());
    }

    /** What contradicts the claims about these answers, by the ledger as it is now. */
    List<String> violations(List<MarkedAnswer> answers) throws IOException {
        return new Reconciliation(NodeSecret.in(data), LedgerView.of(data)).violations(reachedUpstream(), answers);
    }

    /** A number of the metrics page; all lines of that name together. */
    double metric(String name) throws IOException {
        return Management.of(process().adminPort()).metric(name);
    }

    /** Completes when what a run before kept aside for want of a writer is in the ledger. */
    void awaitSpoolDrained() throws Exception {
        Await.until(SETTLED, () -> metric("keeptrusts_audit_spool_entries") == 0);
    }

    /** SIGTERM, and the exit code that follows. */
    int terminate() throws Exception {
        return process().terminate(Duration.ofSeconds(60));
    }

    @Override
    public void close() throws TimeoutException {
        if (process != null) {
            process.close();
        }
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
