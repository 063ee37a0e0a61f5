package com.keeptrusts.gateway.audit;

import com.keeptrusts.gateway.audit.ledger.Ledger;
import com.keeptrusts.gateway.audit.ledger.LogFacts.Latch;
import com.keeptrusts.gateway.config.ConfigException;
import com.keeptrusts.gateway.contract.AuditEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a configuration's becoming active means for a log: its latch closes, and never opens again. */
final class Activation {

    private final Ledger ledger;
    private final Path directory;

    Activation(Ledger ledger, Path directory) {
        this.ledger = ledger;
        this.directory = directory;
    }

    /** Throws a {@link ConfigException} when the settings ask for less than the log has promised. */
    void check(AuditSettings settings) {
        Latch promised = ledger.facts().latch();
        if (promised != null) {
            refuseLess(settings, promised);
        }
    }

    /** The entries to be made durable before the settings count. */
    List<AuditEntry> prepare(AuditSettings settings, String configDigest) {
        check(settings);
        var entries = new ArrayList<AuditEntry>();
        Latch next = next(settings);
        if (next != null) {
            entries.add(ledger.ownEntries().latched(next));
        }
        entries.add(ledger.ownEntries().activated(configDigest, settings.asMap()));
        return entries;
    }

    /** To be called once those entries are durable. */
    Void latch(AuditSettings settings) throws IOException {
        Latch next = next(settings);
        if (next != null) {
            ledger.latch(next);
        }
        return null;
    }

    private void refuseLess(AuditSettings settings, Latch promised) {
        if (!settings.immutable()) {
            throw refusal("immutable", "false (expected: true, which the log in " + directory + " has promised)");
        }
        if (settings.retentionDays() < promised.retentionDays()) {
            throw refusal(
                    "retention_days",
                    settings.retentionDays() + " (expected: at least " + promised.retentionDays()
                            + ", which the log in " + directory + " has promised)");
        }
    }

    /** The promise that these settings add to the log's, or null. */
    private @Nullable Latch next(AuditSettings settings) {
        Latch promised = ledger.facts().latch();
        boolean more = promised == null || settings.retentionDays() > promised.retentionDays();
        return settings.immutable() && more ? new Latch(settings.retentionDays()) : null;
    }

    private static ConfigException refusal(String key, String message) {
        return new ConfigException("immutable_latch", "policy.audit-logger." + key, message);
    }
}
