package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Presence;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one role and kind. Prefers this node's while they have room, then the least busy; among this node's the
 * one on the asker's own thread counts as less busy than it is, for asking it wakes nobody.
 */
final class WorkerPool {

    /** Where waiting was in vain a moment ago nobody waits again: a worker that joins is heard of anyway. */
    private static final long VAIN_NANOS = 5_000_000_000L;

    /** A worker that was there before us is heard of within a period of its announcements. */
    private static final long FIRST_NEWS_NANOS = (Presence.PERIOD_MILLIS + 200) * 1_000_000;

    /** A worker on another thread is asked when the own one has this many calls more. */
    private static final int WAKING_COST = 16;

    private final Vertx vertx;
    private final String node;
    private final int instance;
    private final long openedNanos;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Promise<Worker>> waiting = new ArrayList<>();
    private int turn;
    private long waitedInVain = System.nanoTime() - VAIN_NANOS;

    /**
     * @param instance number of the ingress instance that asks
     * @param openedNanos since when announcements have been heard
     */
    WorkerPool(Vertx vertx, String node, int instance, long openedNanos) {
        this.vertx = vertx;
        this.node = node;
        this.instance = instance;
        this.openedNanos = openedNanos;
    }

    List<Worker> workers() {
        return workers;
    }

    void joined(Worker worker) {
        workers.add(worker);
    }

    /** To be called when a worker has become usable. */
    void noteUsable(Worker worker) {
        if (waiting.isEmpty() || !worker.usable()) {
            return;
        }
        List<Promise<Worker>> served = List.copyOf(waiting);
        waiting.clear();
        served.forEach(promise -> promise.tryComplete(worker));
    }

    boolean alive() {
        return best(List.of()) != null;
    }

    boolean aliveOn(String wantedNode) {
        for (Worker worker : workers) {
            if (worker.usable() && worker.node().equals(wantedNode)) {
                return true;
            }
        }
        return false;
    }

    /** The best worker that is not one of {@code except}. */
    @Nullable
    Worker best(Collection<Worker> except) {
        Worker best = null;
        turn++;
        for (int i = 0; i < workers.size(); i++) {
            Worker worker = workers.get((turn + i) % workers.size());
            if (worker.usable() && !except.contains(worker) && (best == null || better(worker, best))) {
                best = worker;
            }
        }
        return best;
    }

    /** As {@link #best}, waiting a moment for one to appear; completes with nothing when none did. */
    Future<@Nullable Worker> find(Collection<Worker> except, Duration patience) {
        Worker found = best(except);
        if (found != null || !except.isEmpty() || System.nanoTime() - waitedInVain < VAIN_NANOS) {
            return Future.succeededFuture(found);
        }
        Promise<Worker> promise = Promise.promise();
        waiting.add(promise);
        long first = openedNanos + FIRST_NEWS_NANOS - System.nanoTime();
        long millis = Math.max(patience.toMillis(), first / 1_000_000);
        long timer = vertx.setTimer(Math.max(1, millis), _ -> {
            waiting.remove(promise);
            waitedInVain = System.nanoTime();
            promise.tryComplete();
        });
        return promise.future().map(worker -> {
            vertx.cancelTimer(timer);
            return worker;
        });
    }

    private boolean better(Worker one, Worker other) {
        boolean oneNear = near(one);
        boolean otherNear = near(other);
        if (oneNear != otherNear) {
            return oneNear;
        }
        return oneNear ? cost(one) < cost(other) : one.load() < other.load();
    }

    private boolean near(Worker worker) {
        return worker.node().equals(node) && worker.hasRoom();
    }

    private int cost(Worker near) {
        return near.load() + (near.number() == instance ? 0 : WAKING_COST);
    }
}
