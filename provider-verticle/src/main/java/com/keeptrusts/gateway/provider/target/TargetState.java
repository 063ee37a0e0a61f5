package com.keeptrusts.gateway.provider.target;

import com.keeptrusts.gateway.provider.settings.BreakerSettings;
import com.keeptrusts.gateway.provider.settings.Routing;
import java.time.Duration;
import java.util.Locale;
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

    private final String id;
    private final LongSupplier nanos;
    private final ConcurrencyLimit limit;
    private final CircuitBreaker breaker;
    private final RetryBudget budget;
    private final Latencies latencies;
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final AtomicLong cooledUntil;

    TargetState(String id, int maxConcurrency, LongSupplier nanos) {
        this.id = id;
        this.nanos = nanos;
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
        return breaker.admits(settings, alone);
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
        }
    }

    /** The first meaningful byte of an answer came. */
    public void began(long firstByteMicros) {
        latencies.add(firstByteMicros);
    }

    public void failed(BreakerSettings settings, boolean unhealthy) {
        failures.increment();
        if (unhealthy && breaker.failed(settings)) {
            LOG.warn("target {} keeps failing and is left alone for {} s", id, settings.cooldownSeconds());
        }
    }

    /** The target limits the rate: others are better asked for a while. */
    public void cool(@Nullable Long retryAfterMillis, boolean queueFull) {
        if (queueFull) {
            limit.shed();
        }
        if (retryAfterMillis != null) {
            long millis = Math.min(retryAfterMillis, LONGEST_COOLING_MILLIS);
            cooledUntil.set(nanos.getAsLong() + Duration.ofMillis(millis).toNanos());
        }
    }

    public boolean isCooling() {
        return cooledUntil.get() - nanos.getAsLong() > 0;
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
