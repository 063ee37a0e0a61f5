package com.keeptrusts.gateway.audit.segment;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What one committing thread tells about itself. */
public final class CommitMeters {

    private final Timer commit;
    private final Timer ack;
    private final DistributionSummary groupSize;
    private final AtomicInteger unacked;

    /** Registers the meters under a prefix, as in {@code keeptrusts.audit}. */
    public CommitMeters(MeterRegistry registry, String prefix) {
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
        this.unacked = registry.gauge(prefix + ".unacked", new AtomicInteger());
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
}
