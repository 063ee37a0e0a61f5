package com.keeptrusts.gateway.provider;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Cancel;
import com.keeptrusts.gateway.contract.CompletionCall;
import com.keeptrusts.gateway.contract.Credit;
import com.keeptrusts.gateway.contract.Failure;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a worker is making. A cancellation that overtakes its call wins; the calls of an ingress that has
 * fallen silent are given up.
 */
final class Runs {

    private static final int REMEMBERED = 4_096;
    /** An announcement each second, and a pause of three; of a node that is gone the cluster tells at once. */
    private static final long SILENT_NANOS = Duration.ofSeconds(5).toNanos();

    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    private record Key(String requestId, int epoch) {}

    private final Map<Key, CompletionRun> runs = new HashMap<>();
    private final Map<String, Long> sightings = new HashMap<>();
    private final Map<Key, Boolean> cancelled = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    private long tickedAt = System.nanoTime();

    int size() {
        return runs.size();
    }

    /** Opens a call; null when it was cancelled before it arrived, or has arrived before. */
    @Nullable
    CompletionRun open(CompletionCall call, Workshop shop) {
        sighted(call.replyTo());
        var key = new Key(call.requestId(), call.epoch());
        if (cancelled.containsKey(key) || runs.containsKey(key)) {
            return null;
        }
        var run = new CompletionRun(shop, call);
        runs.put(key, run);
        return run;
    }

    /** Returns whether the call goes on. */
    boolean credit(Credit credit) {
        CompletionRun run = runs.get(new Key(credit.requestId(), credit.epoch()));
        if (run == null) {
            return false;
        }
        sighted(run.ingress());
        run.add(credit);
        return true;
    }

    void cancel(Cancel cancel) {
        var key = new Key(cancel.requestId(), cancel.epoch());
        cancelled.put(key, true);
        CompletionRun run = runs.remove(key);
        if (run != null) {
            run.cancel();
        }
    }

    /** An ingress has shown that it lives. */
    void sighted(String ingress) {
        sightings.put(ingress, System.nanoTime());
    }

    /** An ingress is gone: it leaves only when nobody waits for its answers any more. */
    void left(String ingress) {
        cancelThose(ingress::equals);
    }

    /** A node is gone, and every ingress of it. */
    void nodeLeft(String node) {
        cancelThose(ingress -> ingress.equals(Address.ingress(node, Address.numberOf(ingress))));
    }

    private void cancelThose(Predicate<String> ofIngress) {
        for (CompletionRun run : List.copyOf(runs.values())) {
            if (ofIngress.test(run.ingress())) {
                run.cancel();
            }
        }
    }

    void tick(long now) {
        excuse(now - tickedAt);
        tickedAt = now;
        List.copyOf(runs.values()).forEach(run -> {
            if (now - sightings.getOrDefault(run.ingress(), now) > SILENT_NANOS) {
                run.cancel();
            }
            run.tick(now);
        });
        runs.values().removeIf(CompletionRun::isDone);
        sightings.values().removeIf(seen -> now - seen > 2 * SILENT_NANOS);
    }

    /** A tick long overdue means that this process did not run, and not that others fell silent. */
    private void excuse(long sinceLastTick) {
        if (sinceLastTick > PAUSE_NANOS) {
            sightings.replaceAll((_, seen) -> seen + sinceLastTick);
            runs.values().forEach(run -> run.excuse(sinceLastTick));
        }
    }

    void failAll(Failure failure) {
        List.copyOf(runs.values()).forEach(run -> run.fail(failure));
    }
}
