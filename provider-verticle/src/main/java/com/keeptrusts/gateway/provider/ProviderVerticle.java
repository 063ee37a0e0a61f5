package com.keeptrusts.gateway.provider;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.CallAnswer;
import com.keeptrusts.gateway.contract.Cancel;
import com.keeptrusts.gateway.contract.CompletionCall;
import com.keeptrusts.gateway.contract.Credit;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.contract.Presence;
import com.keeptrusts.gateway.contract.PresenceEvent;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerLeaving;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Registration;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.provider.settings.BaseUrl;
import com.keeptrusts.gateway.provider.target.TargetGossip;
import com.keeptrusts.gateway.provider.upstream.UpstreamClient;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes model calls from the bus, makes them, and sends what becomes of them to whoever asked. Deploy one instance per
 * event loop that may call targets; they share the board of their options.
 */
public final class ProviderVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderVerticle.class);
    private static final long TICK_MILLIS = 25;
    private static final int CALLS_PER_PLACE = 4;
    private static final int FEWEST_CALLS = 64;

    private final ProviderOptions options;
    private final String worker;
    private final Runs runs = new Runs();
    private final List<Registration> entrances = new ArrayList<>();
    private final List<Registration> signals = new ArrayList<>();
    private final Promise<Void> drained = Promise.promise();

    private @Nullable Equipment equipment;
    private boolean leaving;

    /** What there is once the worker has started. */
    private record Equipment(Workshop shop, SettingsCache settings, Presence presence) {}

    public ProviderVerticle(ProviderOptions options) {
        this.options = options;
        this.worker = Address.providerWorker(options.node(), options.instance());
    }

    @Override
    public Future<?> start() {
        Bus bus = Bus.of(vertx);
        var client = new UpstreamClient(vertx, options.board().ceiling(), options.trust());
        var shop = new Workshop(
                context,
                bus,
                options.board(),
                client,
                new Secrets(options.environment(), options.upstream() != null),
                new ProviderMetrics(options.meters(), options.board()),
                options.upstream() == null ? null : BaseUrl.parse(options.upstream()));
        var settings = new SettingsCache(bus);
        vertx.setPeriodic(TICK_MILLIS, _ -> tick());
        return gossip(bus)
                .compose(_ -> bus.listen(Address.ofCredit(worker), this::credit))
                .onSuccess(signals::add)
                .compose(_ -> bus.listen(Address.ofCancel(worker), this::cancel))
                .onSuccess(signals::add)
                .compose(_ -> bus.listen(Address.PRESENCE, this::heard))
                .onSuccess(signals::add)
                .compose(_ -> bus.answer(Address.ofProvider(worker), this::take))
                .onSuccess(entrances::add)
                .onSuccess(_ -> equipment = new Equipment(shop, settings, Presence.announce(vertx, this::present)));
    }

    /** The cluster has lost a node: nobody there waits for an answer any more. May be called on any thread. */
    public void nodeLeft(String node) {
        Context own = context;
        if (own != null) {
            own.runOnContext(_ -> runs.nodeLeft(node));
        }
    }

    /** The workers of a node share its board, so one of them speaks for all. */
    private Future<Void> gossip(Bus bus) {
        if (options.instance() > 0) {
            return Future.succeededFuture();
        }
        var gossip = new TargetGossip(options.node(), options.board());
        vertx.setPeriodic(TICK_MILLIS, _ -> gossip.due().ifPresent(told -> bus.publish(Address.TARGETS, told)));
        return Future.all(bus.listen(Address.TARGETS, gossip::hear), bus.listen(Address.NODES, gossip::hear))
                .onSuccess(all -> signals.addAll(all.list()))
                .mapEmpty();
    }

    @Override
    public Future<?> stop() {
        Equipment has = equipment;
        if (has == null) {
            return Future.succeededFuture();
        }
        return has.presence()
                .leave(entrances) // what is on its way meanwhile is still taken up
                .compose(_ -> {
                    leaving = true;
                    vertx.setTimer(Math.max(1, options.drainLimit().toMillis()), _ -> giveUp());
                    return drained.future();
                })
                .compose(_ -> Registration.withdrawAll(signals))
                .transform(_ -> has.shop().client().close());
    }

    private Future<CallAnswer> take(CompletionCall call) {
        Equipment has = equipment;
        if (has == null || leaving) {
            return refuse(ErrorCode.SHUTTING_DOWN, "the provider worker is stopping");
        }
        if (runs.size() >= Math.max(FEWEST_CALLS, options.board().ceiling() * CALLS_PER_PLACE)) {
            return refuse(ErrorCode.GATEWAY_OVERLOADED, "the provider worker has too many calls");
        }
        CompletionRun run = runs.open(call, has.shop());
        if (run != null) {
            context.runOnContext(_ -> begin(has, run, call));
        }
        return Future.succeededFuture(new CallAnswer.CallAccepted(worker));
    }

    private static Future<CallAnswer> refuse(ErrorCode code, String message) {
        return Future.succeededFuture(new CallAnswer.CallRefused(Failure.of(code, message)));
    }

    private void begin(Equipment has, CompletionRun run, CompletionCall call) {
        has.settings().get(call.settingsDigest()).onComplete(known -> {
            if (known.succeeded()) {
                run.start(known.result());
            } else {
                LOG.warn("{}: settings {} cannot be had", call.requestId(), call.settingsDigest(), known.cause());
                run.fail(Failure.of(ErrorCode.INTERNAL_ERROR, "the provider worker has no settings for the call"));
            }
        });
    }

    private void credit(Credit credit) {
        String asking = credit.asks();
        if (!runs.credit(credit) && asking != null) {
            var lost = Failure.of(ErrorCode.WORKER_LOST, "the end of the answer was lost on its way");
            Bus.of(vertx).tell(Address.ofIngress(asking), EventOutlet.lost(credit, lost));
        }
    }

    private void cancel(Cancel cancel) {
        runs.cancel(cancel);
    }

    private void heard(PresenceEvent event) {
        switch (event) {
            case WorkerPresent present -> {
                if (present.role() == Role.INGRESS) {
                    runs.sighted(present.address());
                }
            }
            case WorkerLeaving gone -> runs.left(gone.address());
        }
    }

    private void tick() {
        runs.tick(System.nanoTime());
        if (leaving && runs.size() == 0) {
            drained.tryComplete();
        }
    }

    private void giveUp() {
        runs.failAll(Failure.of(ErrorCode.SHUTTING_DOWN, "the provider worker is stopping"));
    }

    private WorkerPresent present() {
        return new WorkerPresent(
                worker,
                Role.PROVIDER,
                "provider",
                options.node(),
                options.board().ceiling(),
                runs.size(),
                0,
                0,
                0,
                equipment == null ? "" : equipment.settings().latest(),
                options.build());
    }
}
