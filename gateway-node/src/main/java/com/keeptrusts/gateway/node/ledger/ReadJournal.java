package com.keeptrusts.gateway.node.ledger;

import com.keeptrusts.gateway.audit.read.AuditRead;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records reads before what was read leaves: nothing is shown that is not recorded. A verifier takes thousands of files,
 * so of these one entry a minute is made for each reader and log. Runs on one event loop.
 */
final class ReadJournal {

    private static final Logger LOG = LoggerFactory.getLogger(ReadJournal.class);
    private static final long MINUTE = 60_000_000_000L;
    private static final int MOST_READERS = 1_024;

    private final LedgerDesk desk;
    private final LongSupplier nanos;
    private final AtomicLong made = new AtomicLong();
    private final Map<String, Told> told = new HashMap<>();

    /** The entry that speaks for a reader's minute. */
    private record Told(long nanos, Future<Void> recorded) {}

    ReadJournal(LedgerDesk desk, LongSupplier nanos) {
        this.desk = desk;
        this.nanos = nanos;
    }

    /** Completes when the read is durable, or need not be; fails with a {@link LedgerRefusal}. */
    Future<Void> record(AuditRead read) {
        if (!wanted(read)) {
            return Future.succeededFuture();
        }
        return desk.append()
                .apply(read.entry(desk.node(), Instant.now(), made.incrementAndGet()))
                .recover(failure -> {
                    LOG.warn("A read of the ledger was refused, as nobody recorded it: {}", failure.getMessage());
                    return Future.failedFuture(LedgerRefusal.unrecorded());
                });
    }

    /** Reads of what people wrote are recorded whatever else is not. */
    boolean wanted(AuditRead read) {
        return desk.recordsReads().getAsBoolean() || read.what().equals("content");
    }

    /**
     * Completes when an entry of the last minute speaks for this reader and log.
     *
     * @param read the entry to be made when there is none
     */
    Future<Void> recordFiles(Reader reader, String log, AuditRead read) {
        long now = nanos.getAsLong();
        String key = log + " " + reader.key();
        Told before = told.get(key);
        if (before != null
                && now - before.nanos() < MINUTE
                && !before.recorded().failed()) {
            return before.recorded();
        }
        if (told.size() >= MOST_READERS) {
            told.values().removeIf(one -> now - one.nanos() >= MINUTE);
        }
        Future<Void> recorded = record(read);
        if (told.size() < MOST_READERS) {
            told.put(key, new Told(now, recorded));
        }
        return recorded;
    }
}
