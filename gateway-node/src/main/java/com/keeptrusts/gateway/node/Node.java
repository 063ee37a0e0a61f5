package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.NodeReport;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.node.config.ConfigFiles;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import com.keeptrusts.gateway.node.reload.ConfigBoard;
import com.keeptrusts.gateway.node.reload.ConfigMember;
import com.keeptrusts.gateway.node.reload.NodeHerald;
import com.keeptrusts.gateway.node.reload.Reload;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running process: a Vert.x instance, alone or a member of the cluster, with the verticles of its roles. Starts in
 * the order audit, policies, provider, ingress, so that the door opens last, and stops in the opposite order.
 */
public final class Node {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    private final NodeOptions options;
    private final String name;
    private final Metrics metrics;
    private final Membership membership;
    private final long startedNanos = System.nanoTime();
    private final Console console = new Console();
    private final List<Rooms.Room> rooms = new ArrayList<>();
    private final ConfigBoard board = new ConfigBoard();
    private @Nullable ConfigDesk desk;
    private @Nullable NodeHerald herald;
    private @Nullable Rooms house;
    private @Nullable AdminServer admin;
    private @Nullable Future<Void> stopping;

    private Node(NodeOptions options, String name, Metrics metrics, Membership membership) {
        this.options = options;
        this.name = name;
        this.metrics = metrics;
        this.membership = membership;
    }

    /** Completes when this process serves what it was asked to serve; fails, having stopped everything, when it cannot. */
    public static Future<Node> start(NodeOptions options) {
        var metrics = new Metrics();
        String name = NodeName.fresh();
        return freeAddresses(options)
                .compose(_ -> Membership.join(options, metrics, name))
                .compose(membership -> {
                    var node = new Node(options, name, metrics, membership);
                    Promise<Node> started = Promise.promise(); // of no context: those of this node end with it
                    node.open()
                            .onSuccess(_ -> started.complete(node))
                            .onFailure(failure -> node.stop().onComplete(_ -> started.fail(failure)));
                    return started.future();
                });
    }

    /** A member that can be met on no address must not have others wait for it, or take it for a stranger. */
    private static Future<Void> freeAddresses(NodeOptions options) {
        Future<Void> admin = FreeAddress.await("--admin-listen", options.admin(), FreeAddress.PATIENCE);
        return options.roles().has(Role.INGRESS)
                ? Future.all(FreeAddress.await("--listen", options.listen(), FreeAddress.PATIENCE), admin)
                        .mapEmpty()
                : admin;
    }

    public String name() {
        return name;
    }

    public Vertx vertx() {
        return membership.vertx();
    }

    /** The port on which clients are served, or 0 when this process has no ingress. */
    public int port() {
        return house == null ? 0 : house.port();
    }

    /** The port on which operators are served. */
    public int adminPort() {
        return admin == null ? 0 : admin.port();
    }

    public @Nullable GatewayConfig config() {
        return desk == null ? null : desk.current();
    }

    /** Members of the cluster, or 1 for a process on its own. */
    public int members() {
        return membership.member() == null ? 1 : membership.member().size();
    }

    /** Stops accepting, finishes what runs within the drain time-out, flushes, leaves; once. Never fails. */
    public synchronized Future<Void> stop() {
        Future<Void> begun = stopping;
        if (begun == null) {
            begun = close();
            stopping = begun;
        }
        return begun;
    }

    private Future<Void> close() {
        if (herald != null) {
            herald.leave();
        }
        Future<Void> stopped = Future.succeededFuture();
        for (Rooms.Room room : rooms.reversed()) {
            stopped = stopped.compose(_ -> room.close()).recover(failure -> {
                LOG.warn(
                        "{} did not stop cleanly: {}",
                        room.name(),
                        failure.getClass().getSimpleName());
                return Future.succeededFuture();
            });
        }
        Promise<Void> left = Promise.promise(); // of no context: those of this node end with it
        stopped.transform(_ -> admin == null ? Future.<Void>succeededFuture() : admin.close())
                .onComplete(_ -> membership.leave().onComplete(_ -> left.complete()));
        return left.future();
    }

    private Future<Void> open() {
        Vertx vertx = membership.vertx();
        Bus.prepare(vertx);
        Future<Void> opened = console.listen(vertx).mapEmpty();
        if (!options.configFiles().isEmpty()) {
            opened = opened.compose(_ -> NodeHerald.running(vertx, name, membership.othersThatDecide()))
                    .compose(running -> ConfigDesk.open(
                            vertx, name, new ConfigFiles(vertx, options.configFiles()), options.environment(), running))
                    .onSuccess(found -> desk = found)
                    .mapEmpty();
        } else if (options.roles().has(Role.INGRESS)) {
            return Future.failedFuture(new IllegalArgumentException(
                    "--policy-config: missing (expected: a file, for a process with the ingress role)"));
        }
        return opened.compose(_ -> Lane.open(vertx)).compose(this::openRooms);
    }

    private NodeReport report() {
        ConfigDesk configs = desk;
        return new NodeReport(
                name,
                true,
                "",
                Build.version(),
                (System.nanoTime() - startedNanos) / 1_000_000,
                List.of(options.roles().describe().split(",")),
                configs == null ? "" : configs.current().digest());
    }

    private Future<Void> openRooms(List<Lane> lanes) {
        var rooms = new Rooms(membership.vertx(), lanes, options, name, metrics.registry(), desk, console);
        house = rooms;
        ClusterSetup.Member member = membership.member();
        if (member != null) {
            member.onNodeGone(rooms::nodeGone);
            var writers = new NearestWriter(member.vertx(), name, console);
            StrangerWatch.begin(member, options, board, writers, metrics.registry());
        }
        Vertx vertx = membership.vertx();
        var holding = new NodeHolding(options, desk, rooms);
        var part = new ConfigMember(vertx, name, holding);
        var told = new NodeHerald(vertx, self(), part, board);
        herald = told;
        new ConfigMeters(name, holding, board).bindTo(metrics.registry());
        Future<Void> listening = options.decides() ? part.open() : Future.succeededFuture();
        Future<Void> opened = listening
                .compose(_ -> told.open())
                .compose(_ -> new AdminPost(vertx, this::report, AdminServer::end).listen())
                .mapEmpty();
        for (Role role : List.of(Role.AUDIT, Role.POLICY, Role.PROVIDER, Role.INGRESS)) {
            if (options.roles().has(role)) {
                opened = opened.compose(_ -> rooms.open(role))
                        .onSuccess(this.rooms::addAll)
                        .mapEmpty();
            }
        }
        var reload = new Reload(vertx, part, board, membership::othersThatDecide);
        return opened.compose(_ -> AdminServer.open(
                        vertx, new AdminServer.Desk(options, name, metrics, console, board, desk, reload, told, rooms)))
                .onSuccess(server -> admin = server)
                .mapEmpty();
    }

    private NodeHerald.Self self() {
        return new NodeHerald.Self(
                name,
                options.roles().roles().stream().sorted().toList(),
                Build.version(),
                !options.configFiles().isEmpty(),
                options.decides());
    }
}
