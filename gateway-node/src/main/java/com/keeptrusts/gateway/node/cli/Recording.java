package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.ledger.Ledger;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.contract.AuditEntry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Appends to the ledger of a data directory that no gateway runs on. */
final class Recording implements AutoCloseable {

    /** As which node the command line stands in entries. */
    static final String NODE = "kt-events";

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
    void append(List<AuditEntry> entries) throws IOException {
        for (AuditEntry entry : entries) {
            ledger.record(entry);
        }
    }

    @Override
    public void close() throws IOException {
        ledger.close();
    }
}
