package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Presence;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one role and kind. Prefers this node's while they have room and are not much busier than others; among
 * this node's the one on the asker's own thread counts as less busy than it is, for asking it wakes nobody. Elsewhere it
 * takes, of two that chance picks, the one where less waiting is to be expected from what it owes this ingress and how
 * fast it has answered. What workers say of their load is not used for that: it is up to a second old, and ingresses that
 * all believe it all meet at the same worker (docs/adr/0012). Confined to one event loop.
 */
final class WorkerPool {

    /** Where waiting was in vain a moment ago nobody waits again: a worker that joins is heard of anyway. */
    private static final long VAIN_MILLIS = 5_000;

    /** A worker that was there before us is heard of within a period of its announcements. */
    private static final long FIRST_NEWS_MILLIS = Presence.PERIOD_MILLIS + 200;

    /** A worker on another thread is asked when the own one has this many calls more. */
    private static final int WAKING_COST = 16;

    /** Own workers that have no more to do than that are not compared with others. */
    static final int NEAR_LOAD = 16;

    /** A worker on another node is asked when so many times the wait is to be expected of the own ones. */
    private static final int FAR_COST = 4;

    private static final int PICKED = 2;
    private static final int PICKED_AGAIN = 8;
    private static final int MOST_PICKS = 12;

    private final Alarms alarms;
    private final String node;
    private final int instance;
    private final long openedAt;
    private final SplittableRandom random;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Worker> near = new ArrayList<>();
    private final List<Worker> far = new ArrayList<>();
    private final Map<String, List<Worker>> byNode = new HashMap<>();
    private final List<Promise<Worker>> waiting = new ArrayList<>();
    private long waitedInVain;

    /**
     * @param instance number of the ingress instance that asks
     * @param openedAt since when announcements have been heard
     */
    WorkerPool(Alarms alarms, String node, int instance, long openedAt) {
        this.alarms = alarms;
        this.node = node;
        this.instance = instance;
        this.openedAt = openedAt;
        this.random = new SplittableRandom(31L * node.hashCode() + instance);
        this.waitedInVain = openedAt - VAIN_MILLIS;
    }

    List<Worker> workers() {
        return workers;
    }

    void joined(Worker worker) {
        workers.add(worker);
        (worker.node().equals(node) ? near : far).add(worker);
        byNode.computeIfAbsent(worker.node(), _ -> new ArrayList<>(4)).add(worker);
    }

    /** It is forgotten. */
    void left(Worker worker) {
        workers.remove(worker);
        near.remove(worker);
        far.remove(worker);
        byNode.computeIfPresent(worker.node(), (_, there) -> {
            there.remove(worker);
            return there.isEmpty() ? null : there;
        });
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
        return anyUsable(workers);
    }

    boolean aliveOn(String wantedNode) {
        return anyUsable(byNode.getOrDefault(wantedNode, List.of()));
    }

    /** The best worker that is not one of {@code except}; takes the same time however many other nodes have, while most of those are sound. */
    @Nullable
    Worker best(Collection<Worker> except) {
        long now = alarms.millis();
        Worker own = bestNear(except, now);
        if (own != null && own.load() <= NEAR_LOAD) {
            return own;
        }
        Worker other = picked(except, now);
        if (own != null && other != null) {
            return own.expectedWait(now) <= FAR_COST * other.expectedWait(now) ? own : other;
        }
        Worker sound = own != null ? own : other;
        return sound != null ? sound : lastResort(except, now);
    }

    /** The best worker but that one, if nothing speaks against it. */
    @Nullable
    Worker sound(Worker except) {
        Worker best = best(List.of(except));
        return best != null && best.sound(alarms.millis()) ? best : null;
    }

    private @Nullable Worker bestNear(Collection<Worker> except, long now) {
        Worker best = null;
        for (Worker worker : near) {
            if (worker.hasRoom()
                    && worker.sound(now)
                    && (best == null || cost(worker) < cost(best))
                    && !except.contains(worker)) {
                best = worker;
            }
        }
        return best;
    }

    private int cost(Worker own) {
        return own.load() + (own.number() == instance ? 0 : WAKING_COST);
    }

    /** For a second try the one that has lately shown life: the first may not be the only one that is out. */
    private @Nullable Worker picked(Collection<Worker> except, long now) {
        int wanted = except.isEmpty() ? PICKED : PICKED_AGAIN;
        Worker best = null;
        int found = 0;
        for (int picks = 0; picks < MOST_PICKS && found < wanted && !far.isEmpty(); picks++) {
            Worker worker = far.get(random.nextInt(far.size()));
            if (worker != best && worker.sound(now) && !except.contains(worker)) {
                best = best == null || preferred(worker, best, except.isEmpty(), now) ? worker : best;
                found++;
            }
        }
        return best != null ? best : anySound(except, now);
    }

    private static boolean preferred(Worker one, Worker other, boolean firstTry, long now) {
        return firstTry ? one.expectedWait(now) < other.expectedWait(now) : one.silentFor(now) < other.silentFor(now);
    }

    /** Where nearly nobody is sound chance needs help. */
    private @Nullable Worker anySound(Collection<Worker> except, long now) {
        for (Worker worker : far) {
            if (worker.sound(now) && !except.contains(worker)) {
                return worker;
            }
        }
        return null;
    }

    /** Where nobody is beyond doubt, one that can be doubted is better than none. */
    private @Nullable Worker lastResort(Collection<Worker> except, long now) {
        Worker best = null;
        int start = workers.size() < 2 ? 0 : random.nextInt(workers.size());
        for (int i = 0; i < workers.size(); i++) {
            Worker worker = workers.get((start + i) % workers.size());
            if (worker.usable() && !except.contains(worker) && (best == null || rather(worker, best, now))) {
                best = worker;
            }
        }
        return best;
    }

    private static boolean rather(Worker one, Worker other, long now) {
        boolean sound = one.sound(now);
        return sound == other.sound(now) ? one.load() < other.load() : sound;
    }

    private static boolean anyUsable(List<Worker> among) {
        for (Worker worker : among) {
            if (worker.usable()) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #best}, waiting a moment for one to appear; completes with nothing when none did. */
    Future<@Nullable Worker> find(Collection<Worker> except, Duration patience) {
        Worker found = best(except);
        long now = alarms.millis();
        if (found != null || !except.isEmpty() || now - waitedInVain < VAIN_MILLIS) {
            return Future.succeededFuture(found);
        }
        Promise<Worker> promise = Promise.promise();
        waiting.add(promise);
        long firstNews = openedAt + FIRST_NEWS_MILLIS - now;
        long alarm = alarms.set(Math.max(1, Math.max(patience.toMillis(), firstNews)), () -> {
            waiting.remove(promise);
            waitedInVain = alarms.millis();
            promise.tryComplete();
        });
        return promise.future().map(worker -> {
            alarms.cancel(alarm);
            return worker;
        });
    }
}
