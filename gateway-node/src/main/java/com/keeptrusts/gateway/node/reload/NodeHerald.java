package com.keeptrusts.gateway.node.reload;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.ConfigText;
import com.keeptrusts.gateway.contract.ConfigTextCall;
import com.keeptrusts.gateway.contract.ConfigVersion;
import com.keeptrusts.gateway.contract.NodeEvent;
import com.keeptrusts.gateway.contract.NodeEvent.NodeLeaving;
import com.keeptrusts.gateway.contract.NodeEvent.NodePresent;
import com.keeptrusts.gateway.contract.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says each second which configuration this node runs, hears it of the others, and has this node go over to a later one
 * that it has missed.
 */
public final class NodeHerald {

    private static final Logger LOG = LoggerFactory.getLogger(NodeHerald.class);
    private static final Duration ASK = Duration.ofSeconds(2);
    private static final int ASKED_AT_START = 8;

    /** A configuration that this node could not go over to is tried again after this long. */
    private static final long AGAIN_NANOS = Duration.ofSeconds(10).toNanos();

    private final Vertx vertx;
    private final Self self;
    private final ConfigMember member;
    private final ConfigBoard board;
    private String trouble = "";
    private ConfigVersion tried = ConfigVersion.NONE;
    private long triedAt;
    private boolean following;
    private volatile long timer = -1;

    /**
     * Who this node is.
     *
     * @param decides whether it takes part in reloads: it runs a configuration, or keeps a ledger by one
     */
    public record Self(String node, List<Role> roles, String build, boolean hasFiles, boolean decides) {}

    public NodeHerald(Vertx vertx, Self self, ConfigMember member, ConfigBoard board) {
        this.vertx = vertx;
        this.self = self;
        this.member = member;
        this.board = board;
    }

    /** What others run, as far as they answer at once; for a node that starts. */
    public static Future<List<ConfigText>> running(Vertx vertx, String node, List<String> others) {
        List<Future<ConfigText>> asked = others.stream()
                .limit(ASKED_AT_START)
                .map(other -> Bus.of(vertx).ask(Address.ofConfigText(other), new ConfigTextCall(node), ASK))
                .toList();
        return Future.join(asked)
                .transform(_ -> Future.succeededFuture(asked.stream()
                        .filter(Future::succeeded)
                        .map(Future::result)
                        .toList()));
    }

    /** Completes when others are heard; tells of this node from then on. */
    public Future<Void> open() {
        return Bus.of(vertx)
                .listen(Address.NODES, this::hear)
                .onSuccess(_ -> {
                    tell();
                    timer = vertx.setPeriodic(NodeEvent.PERIOD_MILLIS, _ -> tell());
                })
                .mapEmpty();
    }

    /** Tells at once how this node stands. */
    public void tell() {
        Held held = member.holding().held();
        Bus.of(vertx)
                .publish(
                        Address.NODES,
                        new NodePresent(
                                self.node(), self.roles(), held.version(), held.fileDigest(), trouble(), self.build()));
    }

    /** Takes leave: this node finishes what it has, and is not counted on for more. */
    public void leave() {
        vertx.cancelTimer(timer);
        Bus.of(vertx).publish(Address.NODES, new NodeLeaving(self.node()));
    }

    private void hear(NodeEvent event) {
        board.hear(event);
        if (event instanceof NodePresent other && self.decides() && begins(other.version())) {
            follow(other);
        }
    }

    private synchronized String trouble() {
        return trouble;
    }

    private synchronized boolean begins(ConfigVersion heard) {
        Held held = member.holding().held();
        if (!VersionOrder.supersedes(heard, held.version(), self.hasFiles())) {
            return false;
        }
        boolean triedLately = heard.equals(tried) && System.nanoTime() - triedAt < AGAIN_NANOS;
        if (following || triedLately) {
            return false;
        }
        following = true;
        tried = heard;
        triedAt = System.nanoTime();
        return true;
    }

    private void follow(NodePresent other) {
        Bus.of(vertx)
                .ask(Address.ofConfigText(other.node()), new ConfigTextCall(self.node()), ASK)
                .compose(text -> text.version().equals(other.version())
                        ? member.follow(text)
                        : Future.failedFuture("went over to another meanwhile"))
                .onComplete(done -> {
                    if (done.succeeded()) {
                        LOG.info("Caught up with {}", ConfigBoard.origin(other));
                        ended("");
                    } else {
                        stays(other, String.valueOf(done.cause().getMessage()));
                    }
                });
    }

    /** Said once, however often it is tried. */
    private void stays(NodePresent other, String failure) {
        if (!failure.equals(trouble())) {
            LOG.warn("This node does not run {} as {} does: {}", ConfigBoard.origin(other), other.node(), failure);
        }
        ended(failure);
    }

    private void ended(String failure) {
        synchronized (this) {
            following = false;
            trouble = failure;
        }
        tell();
    }
}
