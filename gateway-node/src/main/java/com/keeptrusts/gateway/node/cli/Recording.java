package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.ledger.Ledger;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.AppendRefused;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AuditEntry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Appends to the ledger of a data directory that no gateway runs on. */
final class Recording implements AutoCloseable {

    /** As which node the command line stands in entries. */
    static final String NODE = "kt-events";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Ledger ledger;

    private Recording(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Takes the first log there is; fails when there is none, or a process has it. */
    static Recording in(Path dataDir) throws IOException {
        LedgerDirectory log = LedgerDirectory.find(dataDir).getFirst();
        return new Recording(
                Ledger.open(log.path(), LedgerOptions.of(NODE, new SimpleMeterRegistry()), Runnable::run, () -> {}));
    }

    /** Returns when the entries are on the disk. */
    void append(List<AuditEntry> entries) throws IOException, InterruptedException {
        var answer = new CompletableFuture<AppendAnswer>();
        ledger.append(entries, LIMIT, answer::complete);
        try {
            switch (answer.get()) {
                case Appended _ -> {}
                case AppendRefused(String writer, String reason) ->
                    throw new IOException("audit writer " + writer + ": " + reason + " (the act is not recorded)");
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer is never a failure", e);
        }
    }

    @Override
    public void close() throws IOException {
        ledger.close();
    }
}
