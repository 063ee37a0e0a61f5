package com.keeptrusts.gateway.faults;

import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.journeys.GatewayProcess;
import com.keeptrusts.gateway.journeys.Management;
import com.keeptrusts.gateway.node.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One gateway process on a data directory, before an upstream that outlives it and keeps a journal of its own. */
final class LoadedGateway implements AutoCloseable {

    private static final Path SHIPPED =
            Path.of("..", "config", "policy-config.yaml").toAbsolutePath().normalize();
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private final MarkedTraffic traffic = new MarkedTraffic("127.0.0.1");
    private final Path folder;
    private final Path data;
    private final List<Path> config = new ArrayList<>(List.of(SHIPPED));
    private final Map<String, String> environment = new HashMap<>();
    private @Nullable GatewayProcess process;

    /**
     * Starts the upstream only.
     *
     * @param folder for files that are not the gateway's
     */
    LoadedGateway(Path folder, Path data) throws Exception {
        this.folder = folder;
        this.data = data;
        environment.putAll(
                Map.of("KEEPTRUSTS_UPSTREAM_URL", traffic.upstream().baseUrl(), "CEREBRAS_API_KEY", "csk-test"));
    }

    /** Lets the settings of {@code audit-logger} be these, in YAML, one to a line. */
    LoadedGateway with(String auditSettings) throws IOException {
        String yaml = "policy:\n  audit-logger:\n" + auditSettings.indent(4);
        config.add(Files.writeString(folder.resolve("audit.yaml"), yaml));
        return this;
    }

    /** A variable of the environment of what is started from now on. */
    LoadedGateway with(String variable, String value) {
        environment.put(variable, value);
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
        process = GatewayProcess.start(environment, arguments.toArray(String[]::new));
    }

    GatewayProcess process() {
        if (process == null) {
            throw new IllegalStateException("the gateway was not started");
        }
        return process;
    }

    /** Where clients connect. */
    HostPort address() {
        return new HostPort("127.0.0.1", process().port());
    }

    Path data() {
        return data;
    }

    MarkedLoad load(int perSecond) {
        return traffic.load(address(), perSecond);
    }

    /** From now on the upstream's answers have so many tokens, so many a second. */
    void answers(int tokens, int perSecond) {
        traffic.answers(tokens, perSecond);
    }

    /** A few requests one after the other, as somebody sends who wants to see how it stands; their answers. */
    List<MarkedAnswer> ask(int count) throws Exception {
        return traffic.ask(address(), count);
    }

    /** A JVM that has just started is slow: returns when requests are answered within a second. */
    void warmUp() throws Exception {
        traffic.warmUp(address());
    }

    /** The marks of the prompts that the upstream got, by its own journal. */
    Set<Mark> reachedUpstream() {
        return traffic.reachedUpstream();
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
        traffic.close();
    }
}
