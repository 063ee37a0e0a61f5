package com.keeptrusts.gateway.audit.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.keeptrusts.gateway.audit.ledger.LogFacts.Latch;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a log's own entries tell of its facts. The entry comes first and {@code log.json} follows, so after a crash
 * between the two, or when someone took a promise out of the file, the entries are right.
 */
final class ToldFacts {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private int promisedDays;
    private @Nullable Rotation rotation;

    private record Rotation(VerifierKey from, VerifierKey to, Instant overlapEnds) {}

    void note(LedgerEntry entry) {
        try {
            switch (entry.head().type()) {
                case OwnEntries.LATCHED -> promised(read(entry).path("retention_days"));
                case OwnEntries.PRUNED ->
                    promised(read(entry).path("policy").path("latch").path("retention_days"));
                case OwnEntries.KEY_ROTATED -> rotated(read(entry).path("key"));
                default -> {}
            }
        } catch (IOException | NoteException e) {
            throw new IllegalStateException("entry " + entry.index() + " of the log itself cannot be read", e);
        }
    }

    /** The facts with all that was told and is missing in them. */
    LogFacts mend(LogFacts facts) {
        LogFacts mended = facts;
        Latch latch = facts.latch();
        if (promisedDays > (latch == null ? 0 : latch.retentionDays())) {
            mended = mended.withLatch(new Latch(promisedDays));
        }
        Rotation last = rotation;
        if (last != null && last.from().equals(facts.key())) {
            mended = mended.withKey(last.to(), last.overlapEnds());
        }
        return mended;
    }

    private void promised(JsonNode days) {
        promisedDays = Math.max(promisedDays, days.asInt());
    }

    private void rotated(JsonNode key) throws NoteException {
        rotation = new Rotation(
                VerifierKey.parse(key.path("from").asText()),
                VerifierKey.parse(key.path("to").asText()),
                Instant.parse(key.path("overlap_ends").asText()));
    }

    private static JsonNode read(LedgerEntry entry) throws IOException {
        return JSON.readTree(entry.leaf().array());
    }
}
