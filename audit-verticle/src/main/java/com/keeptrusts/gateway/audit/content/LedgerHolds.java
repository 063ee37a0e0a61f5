package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.retention.Hold;
import com.keeptrusts.gateway.audit.retention.Holds;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The holds of the logs in a data directory, as {@code kt events hold} sets them, read anew each time. A hold over a
 * period is over all texts of its subject. A node that writes no log knows of no hold.
 */
public record LedgerHolds(Path data) implements LegalHolds {

    @Override
    public Optional<String> over(String pseudonym) throws IOException {
        for (Holds holds : all()) {
            Optional<Hold> found = holds.ofSubject(pseudonym);
            if (found.isPresent()) {
                return found.map(Hold::name);
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> any() throws IOException {
        return all().stream()
                .flatMap(holds -> holds.active().stream())
                .map(Hold::name)
                .findFirst();
    }

    private List<Holds> all() throws IOException {
        var all = new ArrayList<Holds>();
        for (LedgerDirectory log : logs()) {
            all.add(Holds.read(log.holds()));
        }
        return all;
    }

    private List<LedgerDirectory> logs() throws IOException {
        try {
            return LedgerDirectory.find(data);
        } catch (LedgerException e) {
            return List.of(); // there is none
        }
    }
}
