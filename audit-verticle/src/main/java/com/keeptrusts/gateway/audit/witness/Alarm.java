package com.keeptrusts.gateway.audit.witness;

import com.keeptrusts.gateway.audit.ledger.OwnEntries;
import com.keeptrusts.gateway.audit.witness.Contradiction.Kind;
import com.keeptrusts.gateway.contract.AuditEntry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a log contradicts itself: counted each time, and logged and recorded in the own log once in ten minutes for
 * each log and kind. Thread-safe.
 */
public final class Alarm {

    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
    private static final Duration REPEATED = Duration.ofMinutes(10);
    private static final int MOST_REMEMBERED = 1_024;

    private final MeterRegistry meters;
    private final Clock clock;
    private final OwnEntries entries;
    private final Function<List<AuditEntry>, Future<Void>> append;
    private final Map<String, Instant> said = new LinkedHashMap<>();

    /**
     * Counters are there from the beginning, at 0.
     *
     * @param append makes entries of the own log durable
     */
    public Alarm(
            MeterRegistry meters, Clock clock, OwnEntries entries, Function<List<AuditEntry>, Future<Void>> append) {
        this.meters = meters;
        this.clock = clock;
        this.entries = entries;
        this.append = append;
        for (Kind kind : Kind.values()) {
            counter(kind);
        }
    }

    /** It is told of in every way, unless it was a moment ago. */
    public void raise(Contradiction found) {
        counter(found.kind()).increment();
        if (!isNew(found)) {
            return;
        }
        LOG.error(
                "audit log {} contradicts itself ({}): it has signed a tree of {} entries and shows one of {}",
                found.origin(),
                word(found.kind()),
                found.held(),
                found.shown());
        append.apply(List.of(entries.entry(
                        "admin.log_contradicted",
                        Map.of(
                                "log",
                                Map.of("origin", found.origin()),
                                "cause",
                                word(found.kind()),
                                "held",
                                found.held(),
                                "shown",
                                found.shown()))))
                .onFailure(e -> LOG.warn("the contradiction was not recorded: {}", e.getMessage()));
    }

    private synchronized boolean isNew(Contradiction found) {
        Instant now = clock.instant();
        String what = found.kind() + " " + found.origin();
        Instant before = said.get(what);
        if (before != null && before.plus(REPEATED).isAfter(now)) {
            return false;
        }
        said.put(what, now);
        if (said.size() > MOST_REMEMBERED) {
            said.remove(said.keySet().iterator().next());
        }
        return true;
    }

    private Counter counter(Kind kind) {
        return Counter.builder("keeptrusts.audit.contradictions")
                .description("Times a log showed what contradicts what it had signed before")
                .tag("kind", word(kind))
                .register(meters);
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
