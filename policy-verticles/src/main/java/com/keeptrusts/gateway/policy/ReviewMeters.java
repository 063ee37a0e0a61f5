package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.contract.Decision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The meters of one policy kind on one node. */
final class ReviewMeters {

    private final Timer duration;
    private final Counter stale;
    private final Counter allowed;
    private final Counter redacted;
    private final Counter blocked;
    private final Counter escalated;
    private final Counter failed;

    ReviewMeters(MeterRegistry registry, String kind) {
        this.duration = Timer.builder("keeptrusts.policy.duration")
                .tag("kind", kind)
                .publishPercentiles(0.5, 0.99)
                .serviceLevelObjectives(
                        Duration.ofNanos(50_000),
                        Duration.ofNanos(100_000),
                        Duration.ofNanos(250_000),
                        Duration.ofNanos(500_000),
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(15),
                        Duration.ofMillis(100))
                .register(registry);
        this.stale = Counter.builder("keeptrusts.policy.stale.dropped")
                .tag("kind", kind)
                .register(registry);
        this.allowed = reviews(registry, kind, "allow");
        this.redacted = reviews(registry, kind, "redact");
        this.blocked = reviews(registry, kind, "block");
        this.escalated = reviews(registry, kind, "escalate");
        this.failed = reviews(registry, kind, "failed");
    }

    static <T> void gauge(MeterRegistry registry, String name, String kind, T source, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, value)
                .tag("kind", kind)
                .strongReference(true)
                .register(registry);
    }

    void reviewed(Decision decision, long nanos) {
        duration.record(nanos, TimeUnit.NANOSECONDS);
        decided(decision);
    }

    void decided(Decision decision) {
        Counter counter = switch (decision) {
            case Decision.Allow _ -> allowed;
            case Decision.Redact _ -> redacted;
            case Decision.Block _ -> blocked;
            case Decision.Escalate _ -> escalated;
            case Decision.Failed _ -> failed;
        };
        counter.increment();
    }

    void staleDropped() {
        stale.increment();
    }

    private static Counter reviews(MeterRegistry registry, String kind, String decision) {
        return Counter.builder("keeptrusts.policy.reviews")
                .tag("kind", kind)
                .tag("decision", decision)
                .register(registry);
    }
}
