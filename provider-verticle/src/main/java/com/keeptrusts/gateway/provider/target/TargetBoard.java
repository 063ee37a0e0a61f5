package com.keeptrusts.gateway.provider.target;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The states of all targets, shared by the provider workers of a node. Safe for threads. */
public final class TargetBoard {

    private final int maxConcurrency;
    private final LongSupplier nanos;
    private final Map<String, TargetState> states = new ConcurrentHashMap<>();
    private final AtomicLong turn = new AtomicLong();

    /**
     * A board on which nothing is known yet.
     *
     * @param maxConcurrency calls that a target may get at a time from this node; 0 lets the target's refusals decide
     */
    public TargetBoard(int maxConcurrency) {
        this(maxConcurrency, System::nanoTime);
    }

    TargetBoard(int maxConcurrency, LongSupplier nanos) {
        this.maxConcurrency = maxConcurrency;
        this.nanos = nanos;
    }

    public TargetState state(String target) {
        TargetState known = states.get(target);
        return known != null ? known : states.computeIfAbsent(target, id -> new TargetState(id, maxConcurrency, nanos));
    }

    /** Every target that has been called, by id. */
    public List<TargetReport> report() {
        return states.values().stream()
                .map(TargetState::report)
                .sorted(Comparator.comparing(TargetReport::target))
                .toList();
    }

    /** Most calls that one target may get at a time. */
    public int ceiling() {
        return maxConcurrency > 0 ? maxConcurrency : ConcurrencyLimit.DEFAULT;
    }

    long nextTurn() {
        return turn.getAndIncrement();
    }
}
