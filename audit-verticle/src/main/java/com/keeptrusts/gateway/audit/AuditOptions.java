package com.keeptrusts.gateway.audit;

import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.audit.ledger.LogStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;

/**
 * What an audit writer is given.
 *
 * @param node of this process, as in presence
 * @param build version of the program, as in presence
 * @param directory of this writer alone; a second writer on it refuses to start
 * @param settings of the configuration that is active at start
 * @param configDigest of that configuration
 */
public record AuditOptions(
        String node, String build, Path directory, AuditSettings settings, String configDigest, LedgerOptions ledger) {

    /** The writer {@code <data>/audit/writer-<n>} with the defaults of the ledger. */
    public static AuditOptions of(
            String node,
            String build,
            Path dataDirectory,
            int n,
            AuditSettings settings,
            String digest,
            MeterRegistry meters) {
        Path directory = dataDirectory.resolve("audit").resolve("writer-" + n);
        return new AuditOptions(node, build, directory, settings, digest, LedgerOptions.of(node, meters));
    }

    /** With another place for the entries. */
    public AuditOptions withStore(LogStore store) {
        return new AuditOptions(node, build, directory, settings, configDigest, ledger.withStore(store));
    }
}
