package com.keeptrusts.gateway.audit.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * A real server on loopback with a fresh cluster of its own: the binaries that Maven brings, run by a user that is not
 * root. It asks for passwords (SCRAM). The database {@code postgres} is there.
 */
final class PostgresServer implements AutoCloseable {

    static final String SUPERUSER = "postgres";
    static final String PASSWORD = "of the superuser";

    private static final int TRIES = 3;

    private static @Nullable Path unpacked;

    private final Path home;
    private final Path binaries;
    private int port;
    private @Nullable Process server;

    private PostgresServer(Path home, Path binaries) {
        this.home = home;
        this.binaries = binaries;
    }

    /** Unpacks, creates and starts. Ends with this JVM at the latest. */
    static PostgresServer start() throws Exception {
        var server = new PostgresServer(readable("kt-postgres"), unpack());
        Runtime.getRuntime().addShutdownHook(new Thread(server::killIfThere));
        try {
            server.create();
            server.run();
            return server;
        } catch (Exception e) {
            server.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    Path home() {
        return home;
    }

    /** Ends every process of the server at once, as a power cut would end them. */
    void kill() {
        Process running = Objects.requireNonNull(server);
        List<ProcessHandle> all =
                new ArrayList<>(running.toHandle().descendants().toList());
        all.addFirst(running.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            one.onExit().join();
        }
        server = null;
    }

    /** Stops in order, as an administrator's fast shutdown. */
    void stop() throws Exception {
        Process running = Objects.requireNonNull(server);
        command(binaries.resolve("bin/pg_ctl").toString(), "stop", "-m", "fast", "-w", "-D", data());
        running.waitFor();
        server = null;
    }

    /** Starts on the port it had before, if it had one. Returns when connections are taken. */
    void run(String... settings) throws Exception {
        for (int left = TRIES; server == null; left--) {
            if (port == 0) {
                try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                    port = probe.getLocalPort();
                }
            }
            server = launch(settings);
            if (server == null && left == 0) {
                throw new IOException("the server does not start: see " + home.resolve("log"));
            }
        }
    }

    private @Nullable Process launch(String... settings) throws Exception {
        var command = new ArrayList<>(List.of(
                binaries.resolve("bin/postgres").toString(),
                "-D",
                data(),
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(port)));
        for (String setting : Stream.concat(
                        Stream.of("unix_socket_directories=", "shared_buffers=16MB", "max_connections=40"),
                        Stream.of(settings))
                .toList()) {
            command.addAll(List.of("-c", setting));
        }
        Process started = unprivileged(command).redirectErrorStream(true).start();
        var ready = new CompletableFuture<Boolean>();
        Thread.ofVirtual().start(() -> follow(started, ready));
        if (ready.get(60, TimeUnit.SECONDS)) {
            return started;
        }
        started.waitFor();
        return null;
    }

    /** Reads what the server says for as long as it runs. */
    private void follow(Process started, CompletableFuture<Boolean> ready) {
        try (BufferedReader lines = started.inputReader();
                var log = Files.newBufferedWriter(home.resolve("log"))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.write(line + "\n");
                log.flush();
                if (line.contains("database system is ready to accept connections")) {
                    ready.complete(true);
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
        ready.complete(false);
    }

    /** A copy of a file that only the server's user can read. */
    Path own(Path file) throws Exception {
        Path copy = Files.copy(file, home.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
        if (isRoot()) {
            check("chown", new ProcessBuilder("chown", "nobody", copy.toString()).start());
        }
        return copy;
    }

    String log() throws IOException {
        return Files.readString(home.resolve("log"));
    }

    private static Path readable(String name) throws IOException {
        Path directory = Files.createTempDirectory(name);
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Once for all servers of this JVM. */
    private static synchronized Path unpack() throws Exception {
        if (unpacked != null) {
            return unpacked;
        }
        Path to = readable("kt-postgres-binaries");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(to)));
        Process tar = new ProcessBuilder("tar", "-x", "-C", to.toString())
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (InputStream packed = packed();
                OutputStream out = tar.getOutputStream()) {
            new XZInputStream(packed).transferTo(out);
        }
        check("tar", tar);
        unpacked = to;
        return to;
    }

    private static InputStream packed() {
        return Stream.of("x86_64", "arm_64")
                .map(name -> PostgresServer.class.getResourceAsStream("/postgres-linux-" + name + ".txz"))
                .flatMap(found -> Optional.ofNullable(found).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no PostgreSQL binaries for this platform"));
    }

    private void create() throws Exception {
        Path password = home.resolve("password");
        Files.writeString(password, PASSWORD);
        if (isRoot()) {
            check(
                    "chown",
                    new ProcessBuilder("chown", "-R", "nobody", home.toString())
                            .inheritIO()
                            .start());
        }
        command(
                binaries.resolve("bin/initdb").toString(),
                "-D",
                data(),
                "-U",
                SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync");
    }

    private String data() {
        return home.resolve("data").toString();
    }

    private void command(String... command) throws Exception {
        Path said = home.resolve("said");
        Process process = unprivileged(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(command[0] + ": " + Files.readString(said));
        }
    }

    /** The server refuses to be run by root. */
    private ProcessBuilder unprivileged(List<String> command) {
        var whole = new ArrayList<String>();
        if (isRoot()) {
            whole.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        whole.addAll(command);
        return new ProcessBuilder(whole).directory(home.toFile());
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void check(String name, Process process) throws Exception {
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(name + ": exit code " + code);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void killIfThere() {
        if (server != null) {
            kill();
        }
    }

    @Override
    public void close() throws IOException {
        killIfThere();
        delete(home);
    }
}
