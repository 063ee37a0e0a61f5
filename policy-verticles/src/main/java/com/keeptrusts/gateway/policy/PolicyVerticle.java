package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Presence;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Registration;
import com.keeptrusts.gateway.contract.Role;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One worker of a policy kind. Deploy as many as this node should run at a time. It is ready when its addresses are
 * known to the cluster, and gone when it has answered what it took, or after the farewell limit.
 */
public final class PolicyVerticle extends VerticleBase {

    private static final long IDLE_CHECK_MILLIS = 5_000;
    private static final long FAREWELL_CHECK_MILLIS = 20;

    private final PolicyOptions options;
    private final Workload load;
    private final List<Registration> entrances = new ArrayList<>();
    private final List<Registration> streamEntrances = new ArrayList<>();
    private @Nullable ReviewQueue queue;
    private @Nullable Presence presence;

    public PolicyVerticle(PolicyOptions options) {
        this.options = options;
        this.load =
                new Workload(Address.policyWorker(options.kind(), options.node().name(), options.instance()));
    }

    @Override
    public Future<?> start() {
        PolicyNode node = options.node();
        PolicyPool pool = node.pool(options.kind());
        Bus bus = Bus.of(vertx);
        var reviewer = new Reviewer(options.kind(), load.address());
        var questions = new ModelQuestions(vertx, node.name(), load.address());
        var reviews = new ReviewQueue(vertx, options, reviewer, load, new LaterSteps(node, bus), questions);
        var streams = new OpenStreams(node.limits(), pool.meters(), reviewer, load);
        var desk = new StreamDesk(vertx, pool, streams, load.address());
        queue = reviews;
        vertx.setPeriodic(Math.min(IDLE_CHECK_MILLIS, node.limits().streamIdle().toMillis()), _ -> streams.closeIdle());
        return warm().compose(_ -> questions.listen())
                .onSuccess(streamEntrances::addAll)
                .compose(_ -> Future.all(
                        bus.answer(Address.ofPolicy(load.address()), reviews::review)
                                .onSuccess(entrances::add),
                        bus.answer(Address.ofStreamOpen(load.address()), desk::open)
                                .onSuccess(entrances::add),
                        bus.answer(
                                        Address.ofStreamText(load.address()),
                                        piece -> Future.succeededFuture(streams.feed(piece)))
                                .onSuccess(streamEntrances::add),
                        bus.listen(Address.ofStreamClose(load.address()), streams::close)
                                .onSuccess(streamEntrances::add)))
                .onSuccess(_ -> {
                    pool.join(load);
                    presence = Presence.announce(vertx, this::present);
                });
    }

    /** What the workers of a kind wait for together completes on the thread of one of them; each goes on on its own. */
    private Future<Void> warm() {
        Promise<Void> warm = Promise.promise();
        options.node().warm(vertx, options.kind()).onComplete(done -> context.runOnContext(_ -> warm.handle(done)));
        return warm.future();
    }

    @Override
    public Future<?> stop() {
        options.node().pool(options.kind()).leave(load);
        Presence announced = presence;
        Future<Void> left = announced == null ? Future.succeededFuture() : announced.leave(entrances);
        return left.compose(_ -> finished())
                .compose(_ -> Registration.withdrawAll(streamEntrances))
                .compose(_ -> queue == null ? Future.succeededFuture() : queue.close());
    }

    private Future<Void> finished() {
        Promise<Void> finished = Promise.promise();
        long until = System.nanoTime() + options.node().limits().farewell().toNanos();
        checkFinished(finished, until);
        return finished.future();
    }

    private void checkFinished(Promise<Void> finished, long until) {
        boolean idle = load.outstanding() == 0 && load.openStreams() == 0;
        if (idle || System.nanoTime() >= until) {
            finished.complete();
        } else {
            vertx.setTimer(FAREWELL_CHECK_MILLIS, _ -> checkFinished(finished, until));
        }
    }

    private WorkerPresent present() {
        load.measure();
        return new WorkerPresent(
                load.address(),
                Role.POLICY,
                options.kind(),
                options.node().name(),
                options.node().limits().capacity(),
                load.outstanding(),
                load.waiting(),
                load.busyShare(),
                load.p99Micros(),
                options.node().pool(options.kind()).policies().latest(),
                options.node().build());
    }
}
