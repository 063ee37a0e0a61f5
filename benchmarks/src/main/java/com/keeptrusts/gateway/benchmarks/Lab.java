package com.keeptrusts.gateway.benchmarks;

import com.keeptrusts.gateway.benchmarks.load.Arrival;
import com.keeptrusts.gateway.benchmarks.load.ChatRequests;
import com.keeptrusts.gateway.benchmarks.load.LoadGenerator;
import com.keeptrusts.gateway.benchmarks.load.LoadPlan;
import com.keeptrusts.gateway.benchmarks.load.LoadReport;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The upstream, the load, and the processes under test; ends all of them when it is closed. */
final class Lab implements AutoCloseable {

    static final String MODEL = "llama3.3-70b";

    private static final Duration WARM_UP = Duration.ofSeconds(6);
    private static final int WARM_UPS = 8;
    private static final double WORTH_MORE = 1.05;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path home;
    private final Path folder;
    private final int rounds;
    private final Duration length;
    private final PrintWriter progress;
    private final Vertx vertx = Vertx.vertx();
    private final List<Subject> running = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Subject direct;
    private final SimulatorControl simulator;

    /**
     * Starts the upstream.
     *
     * @param length of one measurement
     */
    Lab(Path home, Path folder, int rounds, Duration length, PrintWriter progress) {
        this.home = home;
        this.folder = folder;
        this.rounds = rounds;
        this.length = length;
        this.progress = progress;
        int port = Ports.free();
        var process = java("simulator", SimulatorProcess.class, port);
        this.direct = new Subject("direct", port, List.of());
        this.simulator = new SimulatorControl(port);
        running.add(new Subject("simulator", port, List.of(process)));
        awaitStatus(port, "/v1/models", process);
    }

    Subject direct() {
        return direct;
    }

    Path clusterFile() {
        return home.resolve("cluster.xml");
    }

    SimulatorControl simulator() {
        return simulator;
    }

    int rounds() {
        return rounds;
    }

    Duration length() {
        return length;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    void note(String note) {
        notes.add(note);
        say(note);
    }

    void say(String line) {
        progress.println(line);
        progress.flush();
    }

    Subject startBareProxy() {
        int port = Ports.free();
        var process = java("bare-proxy", BareProxy.class, port, direct.port());
        var subject = new Subject("bare proxy", port, List.of(process));
        running.add(subject);
        awaitStatus(port, "/v1/models", process);
        return subject;
    }

    Optional<Subject> startNginx() {
        Optional<Subject> nginx = Nginx.start(home, folder, Ports.free(), direct.port());
        nginx.ifPresentOrElse(
                subject -> {
                    running.add(subject);
                    awaitStatus(
                            subject.port(), "/v1/models", subject.processes().getFirst());
                },
                () -> note(
                        "nginx: not on this machine (benchmarks/install-nginx.sh fetches it); its column is left out"));
        return nginx;
    }

    /** Starts a process and waits until it is ready. */
    Subject startGateway(GatewayProcess gateway) {
        Subject subject = launchGateway(gateway);
        awaitReady(subject);
        return subject;
    }

    /** Starts a process without waiting for it. */
    Subject launchGateway(GatewayProcess gateway) {
        Subject subject = gateway.start(home, folder, Ports.free(), direct.port());
        running.add(subject);
        return subject;
    }

    void awaitReady(Subject gateway) {
        awaitStatus(gateway.port(), "/readyz", gateway.processes().getFirst());
    }

    /** Processes started before, as one subject from now on. */
    Subject together(String name, int port, List<ChildProcess> processes) {
        running.removeIf(subject -> processes.containsAll(subject.processes()));
        var subject = new Subject(name, port, processes);
        running.add(subject);
        return subject;
    }

    void stop(Subject subject) {
        running.remove(subject);
        subject.close();
    }

    List<Buffer> requests(Subject subject, int promptBytes, boolean stream) {
        return new ChatRequests("127.0.0.1", subject.port(), MODEL, promptBytes, stream, "unused").render(16);
    }

    /** JSON answers to prompts of 1 KB. */
    LoadReport json(Subject subject, Arrival arrival) {
        return measure(subject, requests(subject, 1_000, false), arrival, Duration.ofSeconds(5));
    }

    /** Streamed answers to prompts of 1 KB; streams that run when the time is over are cut. */
    LoadReport streams(Subject subject, int count) {
        return measure(subject, requests(subject, 1_000, true), new Arrival.Closed(count), Duration.ZERO);
    }

    LoadReport measure(Subject subject, List<Buffer> requests, Arrival arrival, Duration grace) {
        subject.requireRunning();
        var plan = LoadPlan.of("127.0.0.1", subject.port(), requests, arrival, length)
                .withWarmUp(Duration.ofMillis(500))
                .withGrace(grace)
                .withPids(subject.pids());
        LoadReport report = run(plan);
        if (report.failed() > 0) {
            note(subject.name() + ": failures " + report.failures());
        }
        return report;
    }

    /** Lets the JIT compiler see the load until more of it makes no difference, at most {@value #WARM_UPS} times. */
    void warmUp(Subject subject, boolean stream) {
        say("warming up " + subject.name());
        double before = 0;
        for (int i = 0; i < WARM_UPS; i++) {
            double now = run(LoadPlan.of(
                                    "127.0.0.1",
                                    subject.port(),
                                    requests(subject, 1_000, stream),
                                    new Arrival.Closed(64),
                                    WARM_UP)
                            .withGrace(Duration.ofSeconds(2)))
                    .perSecond();
            if (now < before * WORTH_MORE) {
                return;
            }
            before = Math.max(before, now);
        }
    }

    /** Load that nobody measures. */
    void load(Subject subject, List<Buffer> requests, int atOnce, Duration time) {
        run(LoadPlan.of("127.0.0.1", subject.port(), requests, new Arrival.Closed(atOnce), time)
                .withGrace(Duration.ofSeconds(2)));
    }

    private LoadReport run(LoadPlan plan) {
        try {
            return new LoadGenerator(vertx).run(plan).await(120, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("load: did not end (expected: within two minutes)", e);
        }
    }

    private ChildProcess java(String name, Class<?> main, int... ports) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (int port : ports) {
            command.add(Integer.toString(port));
        }
        return ChildProcess.start(name, folder, command, Map.of());
    }

    private static void awaitStatus(int port, String path, ChildProcess process) {
        await(
                () -> {
                    process.requireRunning();
                    return isOk(port, path);
                },
                START_LIMIT,
                path + " on port " + port + " (expected: status 200)");
    }

    /** Asks every few milliseconds until the condition holds. */
    static void await(BooleanSupplier condition, Duration limit, String what) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(what + " within " + limit.toSeconds() + " s");
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static boolean isOk(int port, String path) {
        try {
            var connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(2_000);
            connection.setRequestProperty("Authorization", "Bearer test");
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    @Override
    public void close() {
        running.reversed().forEach(Subject::close);
        vertx.close().await();
    }
}
