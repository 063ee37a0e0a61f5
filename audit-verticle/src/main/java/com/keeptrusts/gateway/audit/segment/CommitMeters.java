package com.keeptrusts.gateway.audit.segment;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What one committing thread tells about itself. */
public final class CommitMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final Gauge gauge;
    private final Timer commit;
    private final Timer ack;
    private final DistributionSummary groupSize;
    private final AtomicInteger unacked = new AtomicInteger();

    /** Registers the meters under a prefix, as in {@code keeptrusts.audit}, the gauge for this writer alone. */
    public CommitMeters(MeterRegistry registry, String prefix, String writer) {
        this.registry = registry;
        this.commit = Timer.builder(prefix + ".commit.seconds")
                .description("From taking up a group to its flush")
                .publishPercentileHistogram()
                .register(registry);
        this.ack = Timer.builder(prefix + ".ack.seconds")
                .description("From an entry's arrival to its flush")
                .publishPercentileHistogram()
                .register(registry);
        this.groupSize = DistributionSummary.builder(prefix + ".group.size")
                .description("Entries flushed together")
                .register(registry);
        this.gauge = Gauge.builder(prefix + ".unacked", unacked, AtomicInteger::get)
                .tag("writer", writer)
                .register(registry);
    }

    void committed(int entries, long nanos) {
        groupSize.record(entries);
        commit.record(nanos, TimeUnit.NANOSECONDS);
    }

    void acked(long nanos) {
        ack.record(nanos, TimeUnit.NANOSECONDS);
    }

    void unacked(int entries) {
        unacked.set(entries);
    }

    /** The gauge goes with its writer. */
    @Override
    public void close() {
        registry.remove(gauge);
    }
}
