package com.keeptrusts.gateway.audit.anchor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One anchor, when it is due, and how it has fared. Its report may be read by any thread. */
final class Station {

    private static final Logger LOG = LoggerFactory.getLogger(Station.class);

    /** A failed one is tried again this soon, or as soon as it is due. */
    private static final long AGAIN_TICKS = 10;

    private final AnchorSettings settings;
    private final Anchor anchor;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Gauge age;
    private final Counter failures;
    private long ticks;
    private boolean underWay;
    private volatile @Nullable Instant last;
    private volatile long size;
    private volatile @Nullable String failure;

    Station(AnchorSettings settings, Anchor anchor, MeterRegistry meters, Clock clock, String writer) {
        this.settings = settings;
        this.anchor = anchor;
        this.clock = clock;
        this.meters = meters;
        this.age = Gauge.builder("keeptrusts.audit.anchor.age.seconds", this, Station::ageSeconds)
                .description("Seconds since the anchor was known to have the newest checkpoint; NaN when it never was")
                .tag("writer", writer)
                .tag("anchor", settings.name())
                .register(meters);
        this.failures = Counter.builder("keeptrusts.audit.anchor.failures")
                .tag("writer", writer)
                .tag("anchor", settings.name())
                .register(meters);
    }

    Anchor anchor() {
        return anchor;
    }

    String name() {
        return settings.name();
    }

    /** Counts a second. */
    boolean isDue() {
        ticks--;
        return !underWay && ticks < 0;
    }

    void begin() {
        underWay = true;
        ticks = settings.every().toSeconds();
    }

    /** There was nothing to keep. */
    void pass() {
        underWay = false;
        ticks = 0;
    }

    void succeed(long keptSize) {
        underWay = false;
        last = clock.instant();
        size = keptSize;
        failure = null;
    }

    /** Tells whether it did well before. */
    boolean fail(Throwable cause) {
        underWay = false;
        ticks = Math.min(ticks, AGAIN_TICKS);
        failures.increment();
        boolean first = failure == null;
        failure = String.valueOf(cause.getMessage());
        return first;
    }

    AnchorReport report() {
        double seconds = ageSeconds();
        return new AnchorReport(settings.name(), Double.isNaN(seconds) ? -1 : seconds, size, failure);
    }

    private double ageSeconds() {
        Instant then = last;
        return then == null
                ? Double.NaN
                : Duration.between(then, clock.instant()).toMillis() / 1_000.0;
    }

    void close() {
        meters.remove(age);
        meters.remove(failures);
        anchor.close().onFailure(e -> LOG.warn("anchor {} was not closed: {}", name(), e.getMessage()));
    }
}
