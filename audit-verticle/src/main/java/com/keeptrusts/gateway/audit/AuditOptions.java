package com.keeptrusts.gateway.audit;

import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.audit.ledger.LogStore;
import com.keeptrusts.gateway.contract.Presence;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an audit writer is given.
 *
 * @param node of this process, as in presence
 * @param build version of the program, as in presence
 * @param directory of this writer alone; a second writer on it refuses to start
 * @param settings of the configuration that is active at start
 * @param configDigest of that configuration; empty where none is known yet, and then nothing is promised, and nothing
 *     goes, before one is activated
 * @param acquaintance how long a starting writer listens for others before it asks what they remember of its log; null
 *     for {@link #ACQUAINTANCE} in a cluster and no time at all outside of one
 * @param environment where the variables that hold the keys of anchors are looked up
 */
public record AuditOptions(
        String node,
        String build,
        Path directory,
        AuditSettings settings,
        String configDigest,
        LedgerOptions ledger,
        @Nullable Duration acquaintance,
        Function<String, @Nullable String> environment) {

    /** A period of announcements and some time for the way. */
    static final Duration ACQUAINTANCE = Duration.ofMillis(Presence.PERIOD_MILLIS + 200);

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
        return new AuditOptions(
                node, build, directory, settings, digest, LedgerOptions.of(node, meters), null, _ -> null);
    }

    /** Whether a configuration asks for the settings. */
    boolean configured() {
        return !configDigest.isEmpty();
    }

    public AuditOptions withLedger(LedgerOptions other) {
        return new AuditOptions(node, build, directory, settings, configDigest, other, acquaintance, environment);
    }

    public AuditOptions withAcquaintance(Duration other) {
        return new AuditOptions(node, build, directory, settings, configDigest, ledger, other, environment);
    }

    public AuditOptions withEnvironment(Function<String, @Nullable String> other) {
        return new AuditOptions(node, build, directory, settings, configDigest, ledger, acquaintance, other);
    }

    /** With another place for the entries. */
    public AuditOptions withStore(LogStore store) {
        return withLedger(ledger.withStore(store));
    }
}
