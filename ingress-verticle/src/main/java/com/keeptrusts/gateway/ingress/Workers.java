package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.BusMessage;
import com.keeptrusts.gateway.contract.Presence;
import com.keeptrusts.gateway.contract.PresenceEvent;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerLeaving;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Registration;
import com.keeptrusts.gateway.contract.Role;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of live workers, kept from their announcements. A worker is live when it was heard within
 * {@value #LIVE_MILLIS} ms, is not leaving and was not ejected for time-outs. One that lets an answer be missed, or an
 * announcement, is doubted and with it its silent neighbours on the same node: they are asked only where there are no
 * others, until they answer a probe. So a node that freezes costs few requests a second try. Confined to one event loop.
 */
final class Workers {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    static final long LIVE_MILLIS = 3_500;

    /** Streams do not wait as long for their provider as new requests do. */
    static final long STREAM_SILENCE_MILLIS = 2_500;

    private static final long SWEEP_MILLIS = 250;

    private static final long FORGET_LEAVING_MILLIS = 600_000;

    /** One announcement is missing. */
    private static final long DOUBTED_MILLIS = Presence.PERIOD_MILLIS + 2 * SWEEP_MILLIS;

    private final Alarms alarms;
    private final String node;
    private final int instance;
    private final long openedAt;
    private final Probes probes;
    private final Questions questions;
    private final Map<String, WorkerPool> policies = new HashMap<>();
    private final WorkerPool providers;
    private final WorkerPool writers;
    private final Map<String, Worker> byAddress = new HashMap<>();
    private Consumer<Worker> lossListener = _ -> {};
    private long lastSweep;
    private long nextSweep;

    /** The directory of one ingress instance. */
    Workers(Line line, Alarms alarms, String node, int instance) {
        this.alarms = alarms;
        this.node = node;
        this.instance = instance;
        this.openedAt = alarms.millis();
        this.providers = newPool();
        this.writers = newPool();
        this.lastSweep = openedAt;
        this.questions = new Questions(line, alarms, this::noteTimeout);
        this.probes = new Probes(line, alarms, this::noteUsable, this::noteTimeout);
    }

    /** Completes when announcements are heard. */
    Future<Registration> open(Bus bus) {
        watch();
        return bus.listen(Address.PRESENCE, this::hear).map(heard -> () -> {
            alarms.cancel(nextSweep);
            return heard.withdraw();
        });
    }

    /** From now on silence is noticed. */
    void watch() {
        nextSweep = alarms.set(SWEEP_MILLIS, () -> {
            watch();
            sweep();
        });
    }

    WorkerPool policies(String kind) {
        return policies.computeIfAbsent(kind, _ -> newPool());
    }

    private WorkerPool newPool() {
        return new WorkerPool(alarms, node, instance, openedAt);
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
        return questions.ask(worker, address, question, limit);
    }

    /** As {@link Questions#askPatiently}. */
    <Q extends BusMessage, A extends BusMessage> Future<A> askPatiently(
            Worker worker, Address<Q, A> address, Q question, Duration first, Duration most) {
        return questions.askPatiently(worker, address, question, first, most);
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
        long now = alarms.millis();
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
            probes.begin(known); // that it speaks does not mean that it hears
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
        long now = alarms.millis();
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
            } else if (worker.silentFor(now) > DOUBTED_MILLIS) {
                doubt(worker);
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
            pool.left(worker);
        }
    }

    private void noteTimeout(Worker worker, long askedAt) {
        if (worker.timedOut(askedAt, alarms.millis())) {
            LOG.warn(
                    "{} did not answer {} times in a row and is asked no more until it answers a probe",
                    worker.address(),
                    Worker.STRIKES);
        }
        if (!worker.livedSince(askedAt)) {
            doubtNode(worker.node(), askedAt);
        }
        probes.begin(worker);
    }

    /** What freezes or cuts off one worker does so with its node, unless others of it have been heard since. */
    private void doubtNode(String doubted, long since) {
        for (Worker worker : byAddress.values()) {
            if (worker.node().equals(doubted) && !worker.livedSince(since)) {
                doubt(worker);
            }
        }
    }

    private void doubt(Worker worker) {
        worker.doubt();
        probes.begin(worker);
    }

    private void noteUsable(Worker worker) {
        WorkerPool pool = pool(worker.said());
        if (pool != null) {
            pool.noteUsable(worker);
        }
    }
}
