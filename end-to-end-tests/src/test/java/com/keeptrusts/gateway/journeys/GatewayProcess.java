package com.keeptrusts.gateway.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** One {@code kt} process of its own, whose output is kept for the one who has to find out what went wrong. */
public final class GatewayProcess implements AutoCloseable {

    /** Of the build under test. */
    public static final Path LIBRARIES =
            Path.of("../gateway-node/target/lib").toAbsolutePath().normalize();

    private static final String READY_WORDS = "ready after";
    private static final Duration READY = Duration.ofSeconds(60);

    private final Process process;
    private final String readyWords;
    private final List<String> output = new ArrayList<>();
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private GatewayProcess(Process process, String readyWords) {
        this.process = process;
        this.readyWords = readyWords;
        Thread.ofVirtual().start(this::read);
    }

    /** Returns when the process has said that it is ready. */
    public static GatewayProcess start(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException, TimeoutException {
        return startIn(List.of(), environment, arguments);
    }

    /**
     * As {@link #start}, by another program that becomes the gateway, keeping its process id.
     *
     * @param entrance that program and its arguments, as in {@code ip netns exec host}
     */
    public static GatewayProcess startIn(List<String> entrance, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException, TimeoutException {
        return start(entrance, LIBRARIES, READY_WORDS, environment, arguments);
    }

    /** As {@link #start}, of a build of the program whose libraries are elsewhere. */
    public static GatewayProcess start(Path libraries, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException, TimeoutException {
        return start(List.of(), libraries, READY_WORDS, environment, arguments);
    }

    /** Another command of {@code kt}; returns when it has said these words. */
    public static GatewayProcess run(String readyWords, String... arguments)
            throws IOException, InterruptedException, TimeoutException {
        return start(List.of(), LIBRARIES, readyWords, Map.of(), arguments);
    }

    private static GatewayProcess start(
            List<String> entrance,
            Path libraries,
            String readyWords,
            Map<String, String> environment,
            String... arguments)
            throws IOException, InterruptedException, TimeoutException {
        List<String> command = new ArrayList<>(entrance);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-modules=java.se",
                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.management/sun.management=ALL-UNNAMED",
                "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
                "-cp",
                libraries + "/*",
                "com.keeptrusts.gateway.node.Kt"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var gateway = new GatewayProcess(builder.start(), readyWords);
        try {
            gateway.ready.get(READY.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            gateway.close();
            throw new IOException("the process did not become ready:\n" + gateway.output(), e);
        }
        return gateway;
    }

    /** The port that clients connect to, as the process said it. */
    public int port() {
        return number("Listening on http://[^\\s]*:(\\d+)/v1");
    }

    /** The port that operators connect to. */
    public int adminPort() {
        return number("management on http://[^\\s]*:(\\d+)");
    }

    public long pid() {
        return process.pid();
    }

    /** The name that it has on the bus. */
    public String node() {
        return said("Node (\\S+) runs");
    }

    private int number(String pattern) {
        return Integer.parseInt(said(pattern));
    }

    private String said(String pattern) {
        var found = Pattern.compile(pattern).matcher(output());
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in:\n" + output());
        }
        return found.group(1);
    }

    /** One that nobody listens at now. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public synchronized String output() {
        return String.join("\n", output);
    }

    /** {@code kill -9}; returns when the process is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM; returns the exit code. */
    public int terminate(Duration limit) throws InterruptedException, TimeoutException {
        process.destroy();
        return awaitEnd(limit);
    }

    /** Waits until it has ended; returns the exit code. */
    public int awaitEnd(Duration limit) throws InterruptedException, TimeoutException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException("still running after " + limit);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly); // what an autoscaler has started
        kill();
        try { // for the one who has to find out what went wrong
            Path log = Path.of("target", "processes", process.pid() + ".log");
            Files.createDirectories(Objects.requireNonNull(log.getParent()));
            Files.writeString(log, output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(line);
                if (line.contains(readyWords)) {
                    ready.complete(line);
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(new UncheckedIOException(e));
        }
        ready.completeExceptionally(new IOException("the process ended"));
    }

    private synchronized void keep(String line) {
        output.add(line);
    }
}
