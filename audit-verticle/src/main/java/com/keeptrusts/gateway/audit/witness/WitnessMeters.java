package com.keeptrusts.gateway.audit.witness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How fresh the cosignatures under a writer's checkpoints are. Thread-safe. */
final class WitnessMeters {

    private final Clock clock;
    private final MeterRegistry registry;
    private final List<Gauge> gauges;
    private volatile int count;
    private volatile @Nullable Instant last;

    /**
     * The gauges of one writer.
     *
     * @param writer its directory's name, of which a node has few
     */
    WitnessMeters(MeterRegistry registry, Clock clock, String writer) {
        this.registry = registry;
        this.clock = clock;
        Gauge witnesses = Gauge.builder("keeptrusts.audit.cosignatures", this, meters -> meters.count)
                .description("Cosignatures that the last checkpoint shown to other writers got")
                .tag("writer", writer)
                .register(registry);
        Gauge age = Gauge.builder("keeptrusts.audit.cosigned.age.seconds", this, WitnessMeters::ageSeconds)
                .description("Seconds since another writer cosigned a checkpoint; NaN when none has")
                .tag("writer", writer)
                .register(registry);
        this.gauges = List.of(witnesses, age);
    }

    void cosigned(int lines) {
        count = lines;
        last = clock.instant();
    }

    void close() {
        gauges.forEach(registry::remove);
    }

    private double ageSeconds() {
        Instant then = last;
        return then == null
                ? Double.NaN
                : Duration.between(then, clock.instant()).toMillis() / 1_000.0;
    }
}
