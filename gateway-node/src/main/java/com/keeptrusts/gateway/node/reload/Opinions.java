package com.keeptrusts.gateway.node.reload;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.ConfigObjection;
import com.keeptrusts.gateway.contract.ConfigOpinion;
import com.keeptrusts.gateway.contract.ConfigProposal;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.node.reload.RefusedReloadException.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Asks nodes what they think of a configuration; silence is an objection, unless the node has left or still starts. */
final class Opinions {

    static final Duration LIMIT = Duration.ofSeconds(5);

    /** A node that has just joined does not answer yet. */
    private static final Duration STARTING = Duration.ofSeconds(3);

    private static final long AGAIN_MILLIS = 200;

    private final Vertx vertx;
    private final ConfigMember own;
    private final ConfigBoard board;
    private final Supplier<List<String>> others;

    Opinions(Vertx vertx, ConfigMember own, ConfigBoard board, Supplier<List<String>> others) {
        this.vertx = vertx;
        this.own = own;
        this.board = board;
        this.others = others;
    }

    /** What these nodes object to; empty when all agree. */
    Future<List<Refusal>> of(List<String> nodes, ConfigProposal proposal) {
        long until = System.nanoTime() + STARTING.toNanos();
        List<Future<List<Refusal>>> asked =
                nodes.stream().map(node -> opinion(node, proposal, until)).toList();
        return Future.all(asked)
                .map(_ -> asked.stream().flatMap(one -> one.result().stream()).toList());
    }

    private Future<List<Refusal>> opinion(String node, ConfigProposal proposal, long until) {
        Future<ConfigOpinion> opinion = node.equals(own.node())
                ? own.consider(proposal)
                : Bus.of(vertx).ask(Address.ofConfigProposal(node), asOfNow(proposal), LIMIT);
        return opinion.map(said -> said.objections().stream()
                        .map(objection -> new Refusal(said.node(), objection))
                        .toList())
                .recover(failure -> unheard(node, proposal, until, failure));
    }

    /** The first node may have taken its time. */
    private static ConfigProposal asOfNow(ConfigProposal proposal) {
        return new ConfigProposal(
                Deadline.in(proposal.deadline().node(), LIMIT.toMillis()),
                proposal.version(),
                proposal.superseded(),
                proposal.variables(),
                proposal.effective());
    }

    private Future<List<Refusal>> unheard(String node, ConfigProposal proposal, long until, Throwable failure) {
        boolean noOneThere =
                failure instanceof BusException unanswered && unanswered.reason() == BusException.Reason.NO_ONE_THERE;
        if (noOneThere && !others.get().contains(node)) {
            return Future.succeededFuture(List.of()); // it has left meanwhile
        }
        if (noOneThere && System.nanoTime() < until) {
            return vertx.timer(AGAIN_MILLIS).compose(_ -> opinion(node, proposal, until));
        }
        if (noOneThere && !board.knows(node)) {
            return Future.succeededFuture(List.of()); // it still starts, and hears what the others run before it serves
        }
        return Future.succeededFuture(List.of(new Refusal(
                node,
                new ConfigObjection(
                        "unreachable",
                        "",
                        "does not answer (expected: an answer within " + LIMIT.toSeconds()
                                + " s; a node that is gone is forgotten after a few seconds)"))));
    }
}
