package com.keeptrusts.gateway.contract;

import com.keeptrusts.gateway.contract.PresenceEvent.WorkerLeaving;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Supplier;

/**
 * A worker's announcements: at once, each second and on change while it takes calls, and one farewell. Leaving loses
 * nothing: it says so, withdraws from the bus, and waits until what was already on its way has arrived.
 */
public final class Presence {

    public static final long PERIOD_MILLIS = 1_000;

    /** How long calls that were sent before the farewell was heard may still arrive. */
    static final long GRACE_MILLIS = 1_500;

    private final Vertx vertx;
    private final Bus bus;
    private final Supplier<WorkerPresent> state;
    private final long timer;

    private Presence(Vertx vertx, Supplier<WorkerPresent> state) {
        this.vertx = vertx;
        this.bus = Bus.of(vertx);
        this.state = state;
        this.timer = vertx.setPeriodic(PERIOD_MILLIS, _ -> tell());
        tell();
    }

    /** To be called once the worker's addresses are registered, on the worker's context. */
    public static Presence announce(Vertx vertx, Supplier<WorkerPresent> state) {
        return new Presence(vertx, state);
    }

    /** Announces the present state now, without waiting for the next second. */
    public void tell() {
        bus.publish(Address.PRESENCE, state.get());
    }

    /** Completes when no call can arrive any more; those that arrived may still be at work. */
    public Future<Void> leave(List<Registration> registrations) {
        vertx.cancelTimer(timer);
        WorkerPresent last = state.get();
        bus.publish(Address.PRESENCE, new WorkerLeaving(last.address(), last.node()));
        long grace = vertx.isClustered() ? GRACE_MILLIS : 1;
        return Registration.withdrawAll(registrations)
                .recover(_ -> Future.succeededFuture())
                .compose(_ -> vertx.timer(grace))
                .mapEmpty();
    }
}
