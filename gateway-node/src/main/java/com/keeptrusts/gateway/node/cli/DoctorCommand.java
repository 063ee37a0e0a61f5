package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.node.HostPort;
import com.keeptrusts.gateway.node.config.ConfigFiles;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import com.keeptrusts.gateway.node.config.InvalidConfigException;
import com.keeptrusts.gateway.node.config.UnreadableConfigException;
import com.keeptrusts.gateway.provider.settings.TargetSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kt doctor}: what would keep a gateway from running here. Keys are looked for, never printed. */
@Command(
        name = "doctor",
        description = "Check the JDK, the configuration, ports, folders, keys, targets and the clock.",
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {

    private static final int WANTED_JDK = 25;
    private static final int CONNECT_MILLIS = 2_000;

    @Option(names = "--policy-config", defaultValue = "policy-config.yaml", description = "Default: ${DEFAULT-VALUE}")
    private List<Path> files;

    @Option(names = "--data-dir", defaultValue = "data", description = "Default: ${DEFAULT-VALUE}")
    private Path dataDir;

    @Option(names = "--listen", defaultValue = "0.0.0.0:41002", description = "Default: ${DEFAULT-VALUE}")
    private String listen;

    @Option(
            names = "--cluster",
            arity = "0..1",
            fallbackValue = "cluster.xml",
            description = "Check that this cluster configuration is there.")
    private @org.jspecify.annotations.Nullable Path cluster;

    @Spec
    private CommandSpec spec;

    private boolean healthy = true;

    @Override
    public Integer call() throws TimeoutException {
        say(Runtime.version().feature() >= WANTED_JDK, "JDK", "Java " + Runtime.version());
        say(Instant.now().isAfter(Instant.parse("2026-01-01T00:00:00Z")), "clock", Instant.now() + " (UTC)");
        folder();
        port();
        if (cluster != null) {
            say(Files.isReadable(cluster), "cluster", cluster + (Files.isReadable(cluster) ? "" : " cannot be read"));
        }
        config();
        return healthy ? 0 : 1;
    }

    private void folder() {
        try {
            Files.createDirectories(dataDir);
            Path probe = Files.createTempFile(dataDir, "doctor", ".tmp");
            Files.delete(probe);
            long free = Files.getFileStore(dataDir).getUsableSpace() >> 20;
            say(free > 1024, "data directory", dataDir.toAbsolutePath() + ", " + free + " MiB free");
        } catch (IOException e) {
            say(false, "data directory", dataDir.toAbsolutePath() + " cannot be written");
        }
    }

    private void port() {
        HostPort wanted = HostPort.parse(listen);
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(wanted.host(), wanted.port()));
            say(true, "port", wanted + " is free");
        } catch (IOException e) {
            say(false, "port", wanted + " cannot be listened on: " + e.getMessage());
        }
    }

    private void config() throws TimeoutException {
        Vertx vertx = Vertx.vertx();
        try {
            GatewayConfig config = new ConfigFiles(vertx, files).load().await(1, TimeUnit.MINUTES);
            say(true, "config", config.pack().label() + ", chain " + String.join(" -> ", config.chain()));
            config.providers().targets().forEach(this::target);
        } catch (InvalidConfigException e) {
            say(false, "config", e.problems().size() + " mistakes (kt policy lint lists them)");
        } catch (UnreadableConfigException e) {
            say(false, "config", String.valueOf(e.getMessage()));
        } finally {
            vertx.close();
        }
    }

    private void target(TargetSettings target) {
        String variable = target.secretVariable();
        boolean set = System.getenv(variable) != null;
        say(set, "key of " + target.id(), variable + (set ? " is set" : " is not set"));
        var url = target.baseUrl();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.host(), url.port()), CONNECT_MILLIS);
            say(true, "target " + target.id(), url.host() + ":" + url.port() + " answers");
        } catch (IOException e) {
            say(
                    false,
                    "target " + target.id(),
                    url.host() + ":" + url.port() + " cannot be reached: "
                            + e.getClass().getSimpleName());
        }
    }

    private void say(boolean good, String what, String detail) {
        healthy &= good;
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-4s %-24s %s%n", good ? "ok" : "BAD", what, detail);
        out.flush();
    }
}
