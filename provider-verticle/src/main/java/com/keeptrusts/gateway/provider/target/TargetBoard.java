package com.keeptrusts.gateway.provider.target;

import com.keeptrusts.gateway.contract.TargetTold;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** The states of all targets, shared by the provider workers of a node. Safe for threads. */
public final class TargetBoard {

    private static final int MOST_HEARD_OF = 1_024;

    private final int maxConcurrency;
    private final LongSupplier nanos;
    private final Map<String, TargetState> states = new ConcurrentHashMap<>();
    private final AtomicLong turn = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private volatile ProbeTurns turns = ProbeTurns.ALONE;

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
        return known != null ? known : states.computeIfAbsent(target, this::unknown);
    }

    private TargetState unknown(String target) {
        return new TargetState(
                target,
                maxConcurrency,
                nanos,
                new TargetState.Cluster(() -> turns.later(target), changes::incrementAndGet));
    }

    /** Learns of a target from another node; what is told of too many targets is forgotten. */
    void hear(String node, TargetTold told) {
        if (states.containsKey(told.target()) || states.size() < MOST_HEARD_OF) {
            state(told.target()).hear(node, told);
        }
    }

    /** Who else calls targets. */
    void among(String node, Set<String> others) {
        if (!turns.others().equals(others)) {
            turns = new ProbeTurns(node, others);
        }
    }

    /** Counts what this node has found out and others should know. */
    long changes() {
        return changes.get();
    }

    Stream<TargetState> states() {
        return states.values().stream();
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
