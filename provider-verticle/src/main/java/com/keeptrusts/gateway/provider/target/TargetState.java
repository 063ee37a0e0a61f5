package com.keeptrusts.gateway.provider.target;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.keeptrusts.gateway.contract.TargetTold;
import com.keeptrusts.gateway.provider.settings.BreakerSettings;
import com.keeptrusts.gateway.provider.settings.Routing;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node knows about one target while it works. Safe for threads. */
public final class TargetState {

    private static final Logger LOG = LoggerFactory.getLogger(TargetState.class);
    private static final long LONGEST_COOLING_MILLIS = 60_000;

    /** How long it is told that a target is well again, for those who miss it the first time. */
    private static final long TOLD_AFTER = Duration.ofSeconds(10).toNanos();

    private final String id;
    private final LongSupplier nanos;
    private final ConcurrencyLimit limit;
    private final CircuitBreaker breaker;
    private final RetryBudget budget;
    private final Latencies latencies;
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final AtomicLong cooledUntil;
    private final Cluster cluster;
    private volatile long changedAt;

    /**
     * The nodes that call the target as well.
     *
     * @param probesLater nanoseconds that others go before this node in probing
     * @param changed to be called when this node has found out what the others should know
     */
    record Cluster(LongSupplier probesLater, Runnable changed) {}

    TargetState(String id, int maxConcurrency, LongSupplier nanos, Cluster cluster) {
        this.id = id;
        this.nanos = nanos;
        this.cluster = cluster;
        this.changedAt = nanos.getAsLong() - TOLD_AFTER;
        this.limit = new ConcurrencyLimit(maxConcurrency, nanos);
        this.breaker = new CircuitBreaker(nanos);
        this.budget = new RetryBudget(nanos);
        this.latencies = new Latencies(nanos);
        this.cooledUntil = new AtomicLong(nanos.getAsLong());
    }

    /**
     * Asks for a place among the target's calls; null when too many wait already. One that is not held yet is granted
     * later, on whichever thread frees it.
     */
    public @Nullable Permit acquire(Runnable granted) {
        return limit.acquire(granted);
    }

    public boolean admits(BreakerSettings settings, boolean alone) {
        if (isHealthy()) {
            return true;
        }
        boolean probes = breaker.admits(settings, alone, cluster.probesLater().getAsLong());
        if (probes) {
            changed();
        }
        return probes;
    }

    /** Whether calls go there as usual. */
    public boolean isHealthy() {
        return breaker.state() == CircuitBreaker.State.CLOSED;
    }

    /** A first call, or a retry, is on its way. */
    public void called() {
        calls.increment();
        budget.called();
    }

    public boolean takeRetry() {
        return budget.take();
    }

    public void answered(BreakerSettings settings) {
        if (breaker.succeeded(settings)) {
            LOG.info("target {} answers again", id);
            changed();
        }
    }

    /** The first meaningful byte of an answer came. */
    public void began(long firstByteMicros) {
        latencies.add(firstByteMicros);
    }

    public void failed(BreakerSettings settings, boolean unhealthy) {
        failures.increment();
        if (!unhealthy) {
            return;
        }
        long turn = breaker.turn();
        if (breaker.failed(settings)) {
            LOG.warn("target {} keeps failing and is left alone for {} s", id, settings.cooldownSeconds());
        }
        if (breaker.turn() != turn) {
            changed();
        }
    }

    /** The target limits the rate: others are better asked for a while. */
    public void cool(@Nullable Long retryAfterMillis, boolean queueFull) {
        if (queueFull && limit.shed()) {
            changed();
        }
        if (retryAfterMillis != null) {
            long millis = Math.min(retryAfterMillis, LONGEST_COOLING_MILLIS);
            cooledUntil.set(nanos.getAsLong() + Duration.ofMillis(millis).toNanos());
        }
    }

    public boolean isCooling() {
        return cooledUntil.get() - nanos.getAsLong() > 0;
    }

    private void changed() {
        changedAt = nanos.getAsLong();
        cluster.changed().run();
    }

    /** Whether other nodes should know how it stands. */
    boolean worthTelling() {
        return !isHealthy() || isCooling() || nanos.getAsLong() - changedAt < TOLD_AFTER;
    }

    TargetTold told() {
        long now = nanos.getAsLong();
        CircuitBreaker.Told told = breaker.told();
        long shed = limit.sinceShed();
        return new TargetTold(
                id,
                told.state().name().toLowerCase(Locale.ROOT),
                told.turn(),
                NANOSECONDS.toMillis(now - told.failingSince()),
                NANOSECONDS.toMillis(now - told.openedAt()),
                NANOSECONDS.toMillis(now - told.probedAt()),
                told.successes(),
                Math.max(0, NANOSECONDS.toMillis(cooledUntil.get() - now)),
                limit.limit(),
                shed < 0 ? -1 : NANOSECONDS.toMillis(shed));
    }

    /** Learns what another node has found out. */
    void hear(String node, TargetTold told) {
        long now = nanos.getAsLong();
        Optional<CircuitBreaker.State> state = state(told.breaker());
        if (state.isPresent()
                && breaker.hear(new CircuitBreaker.Told(
                        state.get(),
                        told.turn(),
                        now - MILLISECONDS.toNanos(told.failingAgoMillis()),
                        now - MILLISECONDS.toNanos(told.openedAgoMillis()),
                        now - MILLISECONDS.toNanos(told.probedAgoMillis()),
                        told.probesPassed()))) {
            LOG.info("target {} is {}, as {} has found", id, told.breaker(), node);
        }
        if (told.shedAgoMillis() >= 0 && MILLISECONDS.toNanos(told.shedAgoMillis()) < TOLD_AFTER) {
            limit.hear(told.limit(), MILLISECONDS.toNanos(told.shedAgoMillis()));
        }
        long until = now + MILLISECONDS.toNanos(Math.min(told.coolingMillis(), LONGEST_COOLING_MILLIS));
        cooledUntil.updateAndGet(known -> until - known > 0 ? until : known);
    }

    /** Empty for a state of a later version. */
    private static Optional<CircuitBreaker.State> state(String name) {
        return Arrays.stream(CircuitBreaker.State.values())
                .filter(state -> state.name().equalsIgnoreCase(name))
                .findFirst();
    }

    public int outstanding() {
        return limit.inFlight() + limit.waiting();
    }

    OptionalDouble meanLatency(Routing routing) {
        return latencies.mean(routing.windowSeconds(), routing.minSampleCount());
    }

    public TargetReport report() {
        OptionalDouble mean = latencies.mean(300, 1);
        return new TargetReport(
                id,
                breaker.state().name().toLowerCase(Locale.ROOT),
                limit.limit(),
                limit.inFlight(),
                limit.waiting(),
                calls.sum(),
                failures.sum(),
                mean.isPresent() ? Math.round(mean.getAsDouble()) : 0,
                isCooling());
    }
}
