package com.keeptrusts.gateway.faults;

import com.keeptrusts.gateway.audit.ledger.EntryId;
import com.keeptrusts.gateway.audit.ledger.Ledger;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.json.CanonicalJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A process with a ledger and nothing else, short enough to be run once for each system call that it makes: entries one
 * after the other, over several segments and checkpoints. Prints the id of each that was acknowledged.
 */
final class SweptWriter {

    private static final int ENTRIES = 40;

    private SweptWriter() {}

    public static void main(String[] arguments) throws Exception {
        var options = LedgerOptions.of("swept", new SimpleMeterRegistry())
                .withCheckpointEvery(Duration.ofMillis(30))
                .withSegmentBytes(8_000);
        try (Ledger ledger = Ledger.open(Path.of(arguments[0]), options, Runnable::run, () -> {})) {
            for (int i = 0; i < ENTRIES; i++) {
                AuditEntry entry = entry();
                var answer = new CompletableFuture<AppendAnswer>();
                ledger.append(List.of(entry), Duration.ofSeconds(20), answer::complete);
                if (answer.get() instanceof Appended) {
                    System.out.println(entry.id());
                }
            }
        }
    }

    private static AuditEntry entry() {
        String id = EntryId.at(System.currentTimeMillis());
        var leaf = Map.of(
                "v",
                1,
                "type",
                "admin.tried",
                "id",
                id,
                "node",
                "swept",
                "t",
                Instant.now().toString(),
                "pad",
                "x".repeat(500));
        return new AuditEntry(id, null, "admin.tried", Bytes.owning(CanonicalJson.write(leaf)));
    }
}
