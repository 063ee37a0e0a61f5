package com.keeptrusts.gateway.node.reload;

import com.keeptrusts.gateway.config.ConfigException;
import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.ConfigDecided;
import com.keeptrusts.gateway.contract.ConfigDecision;
import com.keeptrusts.gateway.contract.ConfigObjection;
import com.keeptrusts.gateway.contract.ConfigOpinion;
import com.keeptrusts.gateway.contract.ConfigProposal;
import com.keeptrusts.gateway.contract.ConfigText;
import com.keeptrusts.gateway.contract.ConfigVersion;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import com.keeptrusts.gateway.node.config.ReceivedConfig;
import com.keeptrusts.gateway.node.reload.Staging.Ready;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node's part in a reload: gives its opinion of what is proposed, and does what is decided. Thread-safe. */
public final class ConfigMember {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigMember.class);

    private final Vertx vertx;
    private final String node;
    private final Holding holding;
    private final Staging staging = new Staging(System::nanoTime);
    private Future<Void> lastSwitch = Future.succeededFuture();

    public ConfigMember(Vertx vertx, String node, Holding holding) {
        this.vertx = vertx;
        this.node = node;
        this.holding = holding;
    }

    /** Completes when every node can reach this one. */
    public Future<Void> open() {
        Bus bus = Bus.of(vertx);
        return Future.all(
                        bus.answer(Address.ofConfigText(node), _ -> Future.succeededFuture(text())),
                        bus.answer(Address.ofConfigProposal(node), this::consider),
                        bus.answer(Address.ofConfigDecision(node), this::decide))
                .mapEmpty();
    }

    String node() {
        return node;
    }

    Holding holding() {
        return holding;
    }

    private ConfigText text() {
        Held held = holding.held();
        GatewayConfig config = held.config();
        return new ConfigText(held.version(), held.superseded(), config == null ? Bytes.EMPTY : config.canonical());
    }

    /** Agrees when this node could run the configuration, and considers no other until this one is decided. */
    Future<ConfigOpinion> consider(ConfigProposal proposal) {
        ConfigVersion other = staging.occupy(proposal.version());
        if (other != null) {
            return Future.succeededFuture(objects(new ConfigObjection(
                    RefusedReloadException.UNDER_WAY,
                    "",
                    "is considering the reload begun on " + other.node()
                            + " (expected: one at a time; try again in a moment)")));
        }
        return ReceivedConfig.read(vertx, proposal.effective(), proposal.version())
                .compose(config -> holding.consent(config, proposal.variables()).map(config))
                .map(config -> new Ready(proposal.version(), proposal.superseded(), config))
                .transform(done -> Future.succeededFuture(
                        done.failed() ? refusal(proposal.version(), done.cause()) : agreement(done.result())));
    }

    private ConfigOpinion agreement(Ready ready) {
        return staging.ready(ready)
                ? new ConfigOpinion(node, List.of())
                : objects(new ConfigObjection(
                        "too_late", "", "took longer to read it than reloads have (expected: less load; try again)"));
    }

    private ConfigOpinion refusal(ConfigVersion version, Throwable cause) {
        staging.decided(version);
        if (cause instanceof ConfigException refused) {
            return new ConfigOpinion(
                    node,
                    refused.problems().stream()
                            .map(problem -> new ConfigObjection(problem.code(), problem.path(), problem.message()))
                            .toList());
        }
        LOG.warn("a proposed configuration could not be examined", cause);
        return objects(new ConfigObjection(
                "not_examined", "", "could not examine it: " + cause.getClass().getSimpleName()));
    }

    private ConfigOpinion objects(ConfigObjection objection) {
        return new ConfigOpinion(node, List.of(objection));
    }

    /** Runs what was proposed, or forgets it. */
    Future<ConfigDecided> decide(ConfigDecision decision) {
        Ready ready = staging.decided(decision.version());
        if (!decision.active()) {
            LOG.warn("A reload was refused, the configuration in force stays: {}", decision.reason());
            return answered(holding.rejected(decision.version().digest(), decision.reason()));
        }
        return ready == null
                ? answered(runs(decision.version()) ? Future.succeededFuture() : Future.failedFuture("was not ready"))
                : answered(activate(ready));
    }

    private Future<ConfigDecided> answered(Future<Void> act) {
        return act.map(new ConfigDecided(node, true, ""))
                .otherwise(failure -> new ConfigDecided(node, false, String.valueOf(failure.getMessage())));
    }

    /** Runs what another node runs already; fails when this node cannot. */
    Future<Void> follow(ConfigText text) {
        Ready ready = staging.decided(text.version());
        if (ready != null) { // the decision about it has been lost, or is on its way
            return activate(ready);
        }
        return ReceivedConfig.read(vertx, text.effective(), text.version())
                .compose(config -> holding.consent(config, List.of()).map(config))
                .compose(config -> activate(new Ready(text.version(), text.superseded(), config)));
    }

    private Future<Void> activate(Ready ready) {
        return inTurn(() -> runs(ready.version())
                ? Future.succeededFuture()
                : holding.activate(ready.config(), ready.version(), ready.superseded()));
    }

    private boolean runs(ConfigVersion version) {
        return Objects.equals(holding.held().version(), version);
    }

    private synchronized Future<Void> inTurn(Supplier<Future<Void>> act) {
        Future<Void> next = lastSwitch.transform(_ -> act.get());
        lastSwitch = next;
        return next;
    }
}
