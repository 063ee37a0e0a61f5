package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.segment.CommitMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;

/** What a log tells about itself. */
final class LedgerMeters {

    private static final String PREFIX = "keeptrusts.audit";

    /** Types of AUDIT 4; any other counts as {@code other}, because a label's values must be few. */
    private static final Set<String> TYPES = Set.of(
            LeafHead.ACCEPTED,
            LeafHead.OUTCOME,
            LeafHead.ORPHANED,
            "audit.read",
            "config.activated",
            OwnEntries.CONFIG_REJECTED,
            "admin.latched",
            "admin.log_contradicted",
            "subject.erased",
            "retention.pruned",
            "gap",
            "clock.step",
            "admin.hold_added",
            "admin.hold_released",
            "admin.refused",
            "admin.key_rotated",
            "log.opened",
            "log.closed",
            "counter");

    private final MeterRegistry registry;
    private final String writer;

    /** Meters of the writer in a directory of that name, of which a node has few. */
    LedgerMeters(MeterRegistry registry, String writer) {
        this.registry = registry;
        this.writer = writer;
    }

    CommitMeters commits() {
        return new CommitMeters(registry, PREFIX, writer);
    }

    void stored(LeafHead head) {
        String type = TYPES.contains(head.type()) ? head.type() : "other";
        Counter.builder(PREFIX + ".entries")
                .tag("type", type)
                .register(registry)
                .increment();
    }

    Gauge lag(TilePublisher publisher) {
        return Gauge.builder(PREFIX + ".lag", publisher, TilePublisher::lag)
                .description("Entries that are flushed and not under a signed checkpoint")
                .tag("writer", writer)
                .register(registry);
    }
}
