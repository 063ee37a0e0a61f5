package com.keeptrusts.gateway.audit.content;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a data directory keeps texts and keys (docs/audit-content.md). The two stand apart because backups of keys must
 * not live as long as those of texts.
 */
public record ContentPlace(Path data) {

    /** Days of packs. */
    public Path content() {
        return data.resolve("content");
    }

    public Path keys() {
        return data.resolve("keys");
    }

    /** The key that all others are wrapped with. */
    public Path masterKey() {
        return keys().resolve("master.key");
    }

    Path subjects() {
        return keys().resolve("subjects");
    }

    Path peppers() {
        return keys().resolve("peppers");
    }

    /** Erasures that were begun and not yet recorded. */
    Path pending() {
        return keys().resolve("erasing");
    }

    Path lock() {
        return keys().resolve("lock");
    }

    /** Of the data directory that a ledger's directory stands in; empty where none keeps texts. */
    public static Optional<ContentPlace> of(Path ledger) {
        Path at = ledger.toAbsolutePath().normalize();
        for (int up = 0; up < 3 && at != null; up++) {
            var place = new ContentPlace(at);
            if (Files.isDirectory(place.content())) {
                return Optional.of(place);
            }
            at = at.getParent();
        }
        return Optional.empty();
    }
}
