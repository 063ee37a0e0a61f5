package com.keeptrusts.gateway.node.reload;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.keeptrusts.gateway.config.ConfigException;
import com.keeptrusts.gateway.contract.ConfigVersion;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.node.config.ConfigFiles;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A node with files of its own and no ingress: it keeps what it is to run, and what it was told of refusals. */
final class FakeNode implements Holding {

    private final Vertx vertx;
    private final String name;
    private final Path file;
    private final ConfigBoard board = new ConfigBoard();
    private final List<String> others = new ArrayList<>();
    private volatile Held held = Held.none();

    final List<String> rejections = Collections.synchronizedList(new ArrayList<>());
    volatile String refuses = "";
    volatile boolean failsToActivate;

    private FakeNode(Vertx vertx, String name, Path file) {
        this.vertx = vertx;
        this.name = name;
        this.file = file;
    }

    /** Starts with the files, and is there for the others. */
    static FakeNode start(Vertx vertx, Path folder, String name, String pack) throws Exception {
        var node = new FakeNode(vertx, name, folder.resolve(name + ".yaml"));
        node.writes(pack);
        GatewayConfig config = node.files().load().await(10, SECONDS);
        node.held = new Held(new ConfigVersion(0, 1, name, config.digest(), true), List.of(), config, config.digest());
        return node;
    }

    void writes(String pack) throws IOException {
        Files.writeString(file, """
                pack: {name: "%s", version: 1.0.0}
                policies: {chain: [pii-detector]}
                providers: {targets: [{id: a, provider: cerebras}]}
                """.formatted(pack));
    }

    void writesText(String yaml) throws IOException {
        Files.writeString(file, yaml);
    }

    private ConfigFiles files() {
        return new ConfigFiles(vertx, List.of(file));
    }

    /** Answers proposals, and is a member that the others know. */
    Reload joins(List<FakeNode> cluster) throws Exception {
        cluster.forEach(other -> {
            if (other != this) {
                others.add(other.name);
            }
        });
        var member = new ConfigMember(vertx, name, this);
        member.open().await(10, SECONDS);
        return new Reload(vertx, member, board, () -> others);
    }

    /** Tells the others what it runs, and goes over to what they run. */
    void listens() throws Exception {
        var self = new NodeHerald.Self(name, List.of(Role.INGRESS), "test", true, true);
        new NodeHerald(vertx, self, new ConfigMember(vertx, name, this), board)
                .open()
                .await(10, SECONDS);
    }

    String name() {
        return name;
    }

    ConfigBoard board() {
        return board;
    }

    /** Name of the pack that it runs. */
    String runs() {
        GatewayConfig config = held.config();
        return config == null ? "" : config.pack().name();
    }

    @Override
    public Held held() {
        return held;
    }

    @Override
    public Future<GatewayConfig> read() {
        return files().load();
    }

    @Override
    public Future<Void> consent(GatewayConfig config, List<String> variables) {
        return config.pack().name().equals(refuses)
                ? Future.failedFuture(new ConfigException("immutable_latch", "policy.audit-logger.immutable", "no"))
                : Future.succeededFuture();
    }

    @Override
    public List<String> variables(GatewayConfig config) {
        return List.of();
    }

    @Override
    public Future<Void> activate(GatewayConfig config, ConfigVersion version, List<String> superseded) {
        if (failsToActivate) {
            return Future.failedFuture("the disk is full");
        }
        held = new Held(version, superseded, config, held.fileDigest());
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> rejected(String digest, String reason) {
        rejections.add(digest + " " + reason);
        return Future.succeededFuture();
    }
}
