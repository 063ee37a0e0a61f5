package com.keeptrusts.gateway.journeys;

import com.keeptrusts.gateway.audit.ledger.EntryId;
import com.keeptrusts.gateway.audit.ledger.Ledger;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.json.CanonicalJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A log of another writer, as long as a test needs it. */
final class FilledLedger {

    private static final int BATCH = 500;

    private FilledLedger() {}

    /** Entries of a kilobyte each, of requests {@code old-0}, {@code old-1} and so on. */
    static void write(Path log, int entries) throws Exception {
        var options = LedgerOptions.of("n1", new SimpleMeterRegistry());
        try (Ledger ledger = Ledger.open(log, options, Runnable::run, () -> {})) {
            for (int from = 0; from < entries; from += BATCH) {
                List<AuditEntry> batch = new ArrayList<>();
                for (int i = from; i < Math.min(entries, from + BATCH); i++) {
                    batch.add(entry(i));
                }
                var answer = new CompletableFuture<AppendAnswer>();
                ledger.append(batch, Duration.ofSeconds(30), answer::complete);
                if (!(answer.get(60, TimeUnit.SECONDS) instanceof AppendAnswer.Appended)) {
                    throw new AssertionError("not appended");
                }
            }
        }
    }

    private static AuditEntry entry(int i) {
        Instant time = Instant.parse("2026-03-01T12:00:00Z").plusMillis(i);
        String id = EntryId.at(time.toEpochMilli());
        var leaf = Map.of(
                "v",
                1,
                "type",
                "request.accepted",
                "id",
                id,
                "rid",
                "old-" + i,
                "seq",
                0,
                "of",
                1,
                "node",
                "n1",
                "t",
                time.toString(),
                "pad",
                "x".repeat(900));
        return new AuditEntry(id, "old-" + i, "request.accepted", Bytes.owning(CanonicalJson.write(leaf)));
    }
}
