package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.BusMessage;
import com.keeptrusts.gateway.contract.Presence;
import com.keeptrusts.gateway.contract.PresenceEvent;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerLeaving;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Registration;
import com.keeptrusts.gateway.contract.Role;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of live workers, kept from their announcements. A worker is live when it was heard within
 * {@value #LIVE_MILLIS} ms, is not leaving and was not ejected for time-outs. Confined to one event loop.
 */
final class Workers {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    static final long LIVE_MILLIS = 3_500;

    /** Streams do not wait as long for their provider as new requests do. */
    static final long STREAM_SILENCE_MILLIS = 2_500;

    private static final long SWEEP_MILLIS = 250;

    /** A worker that lives announces itself, at the latest, this long after it last did. */
    private static final long LIFE_SIGN_MILLIS = Presence.PERIOD_MILLIS + SWEEP_MILLIS;

    private static final long FORGET_LEAVING_MILLIS = 600_000;

    private final Vertx vertx;
    private final Bus bus;
    private final String node;
    private final int instance;
    private final LongSupplier millis;
    private final long openedNanos = System.nanoTime();
    private final Map<String, WorkerPool> policies = new HashMap<>();
    private final WorkerPool providers;
    private final WorkerPool writers;
    private final Map<String, Worker> byAddress = new HashMap<>();
    private Consumer<Worker> lossListener = _ -> {};
    private long lastSweep;

    /** The directory of one ingress instance. */
    Workers(Vertx vertx, String node, int instance) {
        this(vertx, node, instance, () -> System.nanoTime() / 1_000_000);
    }

    Workers(Vertx vertx, String node, int instance, LongSupplier millis) {
        this.vertx = vertx;
        this.bus = Bus.of(vertx);
        this.node = node;
        this.instance = instance;
        this.millis = millis;
        this.providers = new WorkerPool(vertx, node, instance, openedNanos);
        this.writers = new WorkerPool(vertx, node, instance, openedNanos);
        this.lastSweep = millis.getAsLong();
    }

    /** Completes when announcements are heard. */
    Future<Registration> open() {
        long timer = vertx.setPeriodic(SWEEP_MILLIS, _ -> sweep());
        return bus.listen(Address.PRESENCE, this::hear).map(heard -> () -> {
            vertx.cancelTimer(timer);
            return heard.withdraw();
        });
    }

    WorkerPool policies(String kind) {
        return policies.computeIfAbsent(kind, _ -> new WorkerPool(vertx, node, instance, openedNanos));
    }

    WorkerPool providers() {
        return providers;
    }

    WorkerPool writers() {
        return writers;
    }

    /** Who wants to know when a provider worker is gone for good. */
    void onLoss(Consumer<Worker> listener) {
        lossListener = listener;
    }

    /** The cluster says that a node is gone: so are its workers, whatever they last said. */
    void nodeLeft(String gone) {
        List<Worker> its = byAddress.values().stream()
                .filter(worker -> worker.node().equals(gone) && !worker.lost())
                .toList();
        its.forEach(Worker::unreachable); // so that none of them is asked in the place of another
        its.forEach(this::lose);
    }

    /** Asks one worker and remembers how it did. When the worker is lost meanwhile, the ask fails at once. */
    <Q extends BusMessage, A extends BusMessage> Future<A> ask(
            Worker worker, Address<Q, A> address, Q question, Duration limit) {
        return begin(worker, address, question, limit).future();
    }

    /**
     * As {@link #ask}, of a worker for which nobody can stand in: it may take up to {@code most}, but after {@code first}
     * only as long as it shows that it lives.
     */
    <Q extends BusMessage, A extends BusMessage> Future<A> askPatiently(
            Worker worker, Address<Q, A> address, Q question, Duration first, Duration most) {
        long askedAt = millis.getAsLong();
        Promise<A> answer = begin(worker, address, question, most);
        vertx.setTimer(first.toMillis(), _ -> {
            if (worker.livedSince(askedAt)) {
                watch(worker, address, answer, askedAt);
            } else {
                giveUp(worker, address, answer, askedAt);
            }
        });
        return answer.future();
    }

    private <Q extends BusMessage, A extends BusMessage> Promise<A> begin(
            Worker worker, Address<Q, A> address, Q question, Duration limit) {
        Promise<A> answer = Promise.promise();
        worker.asked(answer);
        long askedAt = millis.getAsLong();
        bus.ask(address, question, limit).onComplete(done -> {
            if (!worker.settles(answer)) {
                return; // it was given up, and noted, before
            }
            if (done.succeeded()) {
                worker.answered(millis.getAsLong());
                answer.complete(done.result());
            } else {
                note(worker, done.cause(), askedAt);
                answer.fail(done.cause());
            }
        });
        return answer;
    }

    private void watch(Worker worker, Address<?, ?> address, Promise<?> answer, long askedAt) {
        vertx.setTimer(SWEEP_MILLIS, _ -> {
            if (answer.future().isComplete()) {
                return;
            }
            if (worker.livedSince(millis.getAsLong() - LIFE_SIGN_MILLIS)) {
                watch(worker, address, answer, askedAt);
            } else {
                giveUp(worker, address, answer, askedAt);
            }
        });
    }

    private void giveUp(Worker worker, Address<?, ?> address, Promise<?> answer, long askedAt) {
        if (worker.settles(answer)) {
            var late = new BusException(BusException.Reason.TIMEOUT, address.name());
            note(worker, late, askedAt);
            answer.fail(late);
        }
    }

    void hear(PresenceEvent event) {
        switch (event) {
            case WorkerPresent present -> hearPresent(present);
            case WorkerLeaving leaving -> {
                Worker worker = byAddress.get(leaving.address());
                if (worker != null) {
                    worker.leaves();
                }
            }
        }
    }

    private void hearPresent(WorkerPresent present) {
        WorkerPool pool = pool(present);
        if (pool == null) {
            return;
        }
        long now = millis.getAsLong();
        Worker known = byAddress.get(present.address());
        if (known == null) {
            known = new Worker(present, now);
            byAddress.put(present.address(), known);
            pool.joined(known);
        } else {
            if (known.lost()) {
                LOG.info("{} is heard again", present.address());
            }
            known.heard(present, now);
        }
        pool.noteUsable(known);
    }

    private @Nullable WorkerPool pool(WorkerPresent present) {
        return switch (present.role()) {
            case Role.POLICY -> policies(present.kind());
            case Role.PROVIDER -> providers;
            case Role.AUDIT -> writers;
            case Role.INGRESS -> null;
        };
    }

    void sweep() {
        long now = millis.getAsLong();
        long overdue = now - lastSweep - SWEEP_MILLIS;
        lastSweep = now;
        if (overdue > SWEEP_MILLIS) { // this process was paused, so nobody could be heard
            byAddress.values().forEach(worker -> worker.excuse(overdue));
        }
        for (Iterator<Worker> all = byAddress.values().iterator(); all.hasNext(); ) {
            Worker worker = all.next();
            if (forgets(worker, now)) {
                all.remove();
                removeFromPool(worker);
            }
        }
    }

    private boolean forgets(Worker worker, long now) {
        long silent = worker.silentFor(now);
        if (worker.leaving()) { // it told so, and may be finishing long answers
            return silent > FORGET_LEAVING_MILLIS;
        }
        long patience = worker.said().role() == Role.PROVIDER ? STREAM_SILENCE_MILLIS : LIVE_MILLIS;
        if (silent > patience && !worker.lost()) {
            lose(worker);
        }
        return silent > FORGET_LEAVING_MILLIS;
    }

    private void lose(Worker worker) {
        LOG.warn("{} is lost", worker.address());
        worker.loses();
        lossListener.accept(worker);
    }

    private void removeFromPool(Worker worker) {
        WorkerPool pool = pool(worker.said());
        if (pool != null) {
            pool.workers().remove(worker);
        }
    }

    private void note(Worker worker, Throwable cause, long askedAt) {
        if (!(cause instanceof BusException failure)) {
            return;
        }
        switch (failure.reason()) {
            case TIMEOUT -> {
                if (worker.timedOut(askedAt, millis.getAsLong())) {
                    LOG.warn(
                            "{} did not answer {} times in a row and is asked no more",
                            worker.address(),
                            Worker.STRIKES);
                }
            }
            case NO_ONE_THERE -> worker.unreachable();
            case FAILED, MALFORMED -> {}
        }
    }
}
