package com.keeptrusts.gateway.benchmarks.ledger;

import com.keeptrusts.gateway.audit.ledger.EntryId;
import com.keeptrusts.gateway.audit.ledger.Ledger;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.json.CanonicalJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Entries of a kilobyte for a ledger, one to a call. */
final class AppendLoad {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String PADDING = "x".repeat(800);

    /** A parked thread wakes some dozens of microseconds late: for the last of them it does not park. */
    private static final long AWAKE_NANOS = 80_000;

    private static final int UNDER_WAY = 4_096;

    private AppendLoad() {}

    /**
     * Sends at a fixed rate whatever becomes of earlier entries, and adds for each the nanoseconds from when it was due to
     * its acknowledgement: a stall counts for all that it holds up.
     */
    static void openLoop(Ledger ledger, int perSecond, Duration time, Histogram nanos) throws InterruptedException {
        List<AuditEntry> entries = entries((int) (perSecond * time.toMillis() / 1_000));
        var answered = new Semaphore(0);
        var refused = new AtomicInteger();
        long start = System.nanoTime();
        for (int i = 0; i < entries.size(); i++) {
            long due = start + TimeUnit.SECONDS.toNanos(1) * i / perSecond;
            await(due);
            ledger.append(List.of(entries.get(i)), LIMIT, answer -> {
                if (answer instanceof Appended) {
                    nanos.recordValue(System.nanoTime() - due);
                } else {
                    refused.incrementAndGet();
                }
                answered.release();
            });
        }
        answered.acquire(entries.size());
        if (refused.get() > 0) {
            throw new IllegalStateException(refused + " entries were refused (expected: none)");
        }
    }

    /** Entries per second when as many as may be wait at any time. */
    static double most(Ledger ledger, int count) throws InterruptedException {
        List<AuditEntry> entries = entries(count);
        var underWay = new Semaphore(UNDER_WAY);
        long start = System.nanoTime();
        for (AuditEntry entry : entries) {
            underWay.acquire();
            ledger.append(List.of(entry), LIMIT, _ -> underWay.release());
        }
        underWay.acquire(UNDER_WAY);
        return entries.size() * 1e9 / (System.nanoTime() - start);
    }

    private static void await(long due) {
        while (due - System.nanoTime() > AWAKE_NANOS) {
            LockSupport.parkNanos(due - System.nanoTime() - AWAKE_NANOS);
        }
        while (due - System.nanoTime() > 0) {
            Thread.onSpinWait();
        }
    }

    private static List<AuditEntry> entries(int count) {
        var entries = new ArrayList<AuditEntry>(count);
        for (int i = 0; i < count; i++) {
            entries.add(entry());
        }
        return entries;
    }

    private static AuditEntry entry() {
        String id = EntryId.at(System.currentTimeMillis());
        var leaf = Map.of(
                "v",
                1,
                "type",
                "request.accepted",
                "id",
                id,
                "rid",
                id,
                "seq",
                0,
                "node",
                "benchmark",
                "t",
                Instant.now().toString(),
                "pad",
                PADDING);
        return new AuditEntry(id, id, "request.accepted", Bytes.owning(CanonicalJson.write(leaf)));
    }
}
