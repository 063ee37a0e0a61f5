package com.keeptrusts.gateway.node.reload;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.ConfigDecided;
import com.keeptrusts.gateway.contract.ConfigDecision;
import com.keeptrusts.gateway.contract.ConfigObjection;
import com.keeptrusts.gateway.contract.ConfigProposal;
import com.keeptrusts.gateway.contract.ConfigVersion;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import com.keeptrusts.gateway.node.config.InvalidConfigException;
import com.keeptrusts.gateway.node.reload.RefusedReloadException.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Conducts reloads that begin on this node: proposes what its files say to every node that decides, and lets all of them
 * run it when all agree, or none. The node of the least name is asked first, so that of two reloads begun at once the one
 * that it hears of first wins and the other changes nothing.
 */
public final class Reload {

    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);
    private static final Duration DECISION = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final ConfigMember own;
    private final ConfigBoard board;
    private final Supplier<List<String>> others;
    private final Opinions opinions;

    /**
     * A conductor that has begun nothing.
     *
     * @param others names of the other nodes that decide, as the cluster has them now
     */
    public Reload(Vertx vertx, ConfigMember own, ConfigBoard board, Supplier<List<String>> others) {
        this.vertx = vertx;
        this.own = own;
        this.board = board;
        this.others = others;
        this.opinions = new Opinions(vertx, own, board, others);
    }

    /**
     * What a reload came to.
     *
     * @param nodes that run it
     * @param pending nodes that agreed and have not said that they run it; they catch up when they are heard
     */
    public record Done(ConfigVersion version, List<String> nodes, List<String> pending) {}

    /**
     * Reads the files of this node and has all nodes run what they say. Fails, and changes nothing, with an
     * {@link InvalidConfigException} for the files and a {@link RefusedReloadException} for what nodes object to.
     */
    public Future<Done> run() {
        return own.holding().read().transform(read -> {
            if (read.succeeded()) {
                return propose(read.result());
            }
            return refuse(
                            version(read.cause() instanceof InvalidConfigException invalid ? invalid.digest() : ""),
                            own.node() + "=" + codes(read.cause()))
                    .compose(_ -> Future.failedFuture(read.cause()));
        });
    }

    private static String codes(Throwable cause) {
        return cause instanceof InvalidConfigException invalid
                ? invalid.problems().stream()
                        .map(placed ->
                                placed.problem().code() + "@" + placed.problem().path())
                        .limit(16)
                        .collect(Collectors.joining(" "))
                : cause.getClass().getSimpleName();
    }

    private ConfigVersion version(String digest) {
        long number = Math.max(own.holding().held().version().number(), board.highestNumber());
        return new ConfigVersion(Math.max(0, number) + 1, System.currentTimeMillis(), own.node(), digest, false);
    }

    private Future<Done> propose(GatewayConfig config) {
        var proposal = new ConfigProposal(
                Deadline.in(own.node(), Opinions.LIMIT.toMillis()),
                version(config.digest()),
                own.holding().held().supersededBy(config.digest(), board.digests()),
                own.holding().variables(config),
                config.canonical());
        List<String> nodes = new ArrayList<>(participants());
        return opinions.of(nodes.subList(0, 1), proposal)
                .compose(first -> first.isEmpty()
                        ? opinions.of(nodes.subList(1, nodes.size()), proposal)
                        : Future.succeededFuture(first))
                .compose(refusals -> refusals.isEmpty()
                        ? activate(proposal.version(), nodes)
                        : refused(proposal.version(), new RefusedReloadException(refusals)));
    }

    private SortedSet<String> participants() {
        var nodes = new TreeSet<>(others.get());
        nodes.add(own.node());
        return nodes;
    }

    /** This node first: it is where the others can get it from, whatever becomes of the messages to them. */
    private Future<Done> activate(ConfigVersion version, List<String> nodes) {
        var decision = new ConfigDecision(version, true, "");
        return own.decide(decision).compose(here -> {
            if (!here.done()) {
                return refused(
                        version,
                        new RefusedReloadException(List.of(
                                new Refusal(own.node(), new ConfigObjection("not_activated", "", here.message())))));
            }
            List<Future<ConfigDecided>> told =
                    others(nodes).stream().map(node -> tell(node, decision)).toList();
            return Future.join(told).transform(_ -> Future.succeededFuture(done(version, nodes, told)));
        });
    }

    private Done done(ConfigVersion version, List<String> nodes, List<Future<ConfigDecided>> told) {
        List<String> running = new ArrayList<>(List.of(own.node()));
        told.stream()
                .filter(one -> one.succeeded() && one.result().done())
                .forEach(one -> running.add(one.result().node()));
        List<String> pending =
                nodes.stream().filter(node -> !running.contains(node)).toList();
        if (!pending.isEmpty()) {
            LOG.warn("Agreed to the reload and have not said that they run it: {}", String.join(", ", pending));
        }
        return new Done(version, running.stream().sorted().toList(), pending);
    }

    private Future<Done> refused(ConfigVersion version, RefusedReloadException refusal) {
        return refuse(version, refusal.codes()).compose(_ -> Future.failedFuture(refusal));
    }

    /** Completes when all have heard of it, or may no longer care. */
    private Future<Void> refuse(ConfigVersion version, String reason) {
        var decision = new ConfigDecision(version, false, reason);
        List<Future<?>> told = new ArrayList<>(List.of(own.decide(decision)));
        others(participants()).forEach(node -> told.add(tell(node, decision)));
        return Future.join(told).transform(_ -> Future.succeededFuture());
    }

    private List<String> others(Iterable<String> nodes) {
        List<String> found = new ArrayList<>();
        nodes.forEach(node -> {
            if (!node.equals(own.node())) {
                found.add(node);
            }
        });
        return found;
    }

    private Future<ConfigDecided> tell(String node, ConfigDecision decision) {
        return Bus.of(vertx).ask(Address.ofConfigDecision(node), decision, DECISION);
    }
}
