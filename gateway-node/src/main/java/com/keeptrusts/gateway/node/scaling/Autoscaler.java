package com.keeptrusts.gateway.node.scaling;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Tells how many workers there should be, as Kubernetes' autoscaler does: the number that brings the signal to its target;
 * of several targets, the most demanding. More at once when they are needed, at most twice as many in one step and the next
 * step only when those have had time to help; fewer only when as few have been enough for a whole window. Knows no clock
 * and no process. Not thread-safe.
 */
public final class Autoscaler {

    private final Plan plan;
    private final Deque<Wanted> lately = new ArrayDeque<>();
    private long upAgainAt = Long.MIN_VALUE;

    public Autoscaler(Plan plan) {
        this.plan = plan;
    }

    /**
     * What an operator asked for.
     *
     * @param downWindow how long fewer workers must have been enough before there are fewer
     * @param upPause between two steps up
     */
    public record Plan(int min, int max, List<Target> targets, Duration downWindow, Duration upPause) {
        public Plan {
            targets = List.copyOf(targets);
            if (min < 1 || max < min) {
                throw new IllegalArgumentException("--min " + min + " --max " + max + " (expected: 1 <= min <= max)");
            }
            if (targets.isEmpty()) {
                throw new IllegalArgumentException("--up-above: (expected: at least one signal)");
            }
        }
    }

    private record Wanted(long atMillis, int workers) {}

    /**
     * How many workers there should be now.
     *
     * @param nowMillis of any clock that only goes forward
     * @param heard the workers that are heard
     * @param coming workers that were started and are not heard yet
     */
    public int decide(long nowMillis, List<WorkerLoad> heard, int coming) {
        int present = heard.size() + coming;
        int wanted = bounded(plan.targets().stream()
                .mapToInt(target -> target.wanted(heard))
                .max()
                .orElseThrow());
        if (lately.isEmpty()) {
            lately.add(
                    new Wanted(nowMillis, Math.max(wanted, present))); // what was before the first look may be needed
        }
        lately.add(new Wanted(nowMillis, wanted));
        lately.removeIf(one -> nowMillis - one.atMillis() > plan.downWindow().toMillis());
        if (present < plan.min()) {
            return plan.min();
        }
        return wanted > present ? up(nowMillis, present, wanted) : down(present);
    }

    private int up(long nowMillis, int present, int wanted) {
        if (nowMillis < upAgainAt) {
            return present;
        }
        upAgainAt = nowMillis + plan.upPause().toMillis();
        return Math.min(wanted, 2 * present);
    }

    private int down(int present) {
        int enough = lately.stream().mapToInt(Wanted::workers).max().orElse(present);
        return bounded(Math.min(present, enough));
    }

    private int bounded(int workers) {
        return Math.clamp(workers, plan.min(), plan.max());
    }
}
