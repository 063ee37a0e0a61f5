package com.keeptrusts.gateway.journeys;

import com.keeptrusts.gateway.node.HostPort;
import com.keeptrusts.gateway.node.Node;
import com.keeptrusts.gateway.node.NodeOptions;
import com.keeptrusts.gateway.node.Roles;
import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The whole gateway in this process, before a simulator. */
public final class LiveGateway implements AutoCloseable {

    private final Vertx vertx;
    private final CerebrasSimulator upstream;
    private final Node node;

    private LiveGateway(Vertx vertx, CerebrasSimulator upstream, Node node) {
        this.vertx = vertx;
        this.upstream = upstream;
        this.node = node;
    }

    public static LiveGateway start(Path folder, String config) throws Exception {
        Vertx vertx = Vertx.vertx();
        CerebrasSimulator upstream = simulator(vertx);
        return start(folder, vertx, upstream, config, upstream.baseUrl());
    }

    /** For a configuration that says itself where its targets are. */
    public static LiveGateway start(Path folder, Function<CerebrasSimulator, String> config) throws Exception {
        Vertx vertx = Vertx.vertx();
        CerebrasSimulator upstream = simulator(vertx);
        return start(folder, vertx, upstream, config.apply(upstream), null);
    }

    private static CerebrasSimulator simulator(Vertx vertx) throws TimeoutException {
        return CerebrasSimulator.start(vertx, SimulatorSettings.cerebras()).await(30, TimeUnit.SECONDS);
    }

    private static LiveGateway start(
            Path folder, Vertx vertx, CerebrasSimulator upstream, String config, @Nullable String override)
            throws Exception {
        Path file = Files.writeString(folder.resolve("policy-config.yaml"), config);
        Map<String, String> environment = Map.of("CEREBRAS_API_KEY", "csk-test");
        var options = new NodeOptions(
                new HostPort("127.0.0.1", 0),
                new HostPort("127.0.0.1", 0),
                List.of(file),
                false,
                0,
                Roles.ALL,
                Map.of(),
                null,
                folder.resolve("data"),
                override,
                Duration.ofSeconds(5),
                environment::get);
        return new LiveGateway(vertx, upstream, Node.start(options).await(60, TimeUnit.SECONDS));
    }

    public CerebrasSimulator upstream() {
        return upstream;
    }

    public Node node() {
        return node;
    }

    Exchange exchange() {
        return new Exchange(node.port());
    }

    /** A management page, as text. */
    public String managementText(String path) throws IOException {
        return management().text(path);
    }

    Management management() {
        return Management.of(node.adminPort());
    }

    @Override
    public void close() throws TimeoutException {
        node.stop().await(60, TimeUnit.SECONDS);
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
