package com.keeptrusts.gateway.audit.witness;

import com.keeptrusts.gateway.audit.ledger.Checkpoints;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.CosignerKey;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far witnesses that somebody trusts have cosigned the logs at a place, from the checkpoints there alone. */
public final class CosignatureCheck {

    private CosignatureCheck() {}

    /**
     * What one witness has cosigned of one log.
     *
     * @param size entries under the newest checkpoint that it has cosigned; 0 when there is none
     * @param time when it did; null when it did not
     */
    public record Finding(
            String origin,
            String witness,
            long size,
            @Nullable Instant time) {

        public boolean cosigned() {
            return time != null;
        }

        @Override
        public String toString() {
            return origin + ": "
                    + (time == null
                            ? "NOT COSIGNED by " + witness
                            : size + " entries cosigned by " + witness + " at " + time);
        }
    }

    /** One finding for each log and witness. */
    public static List<Finding> of(Path place, List<CosignerKey> witnesses) throws IOException {
        List<Finding> findings = new ArrayList<>();
        if (witnesses.isEmpty()) {
            return findings;
        }
        for (LedgerDirectory log : LedgerDirectory.find(place)) {
            String origin = LogFacts.read(log.facts()).origin();
            for (CosignerKey witness : witnesses) {
                findings.add(newest(log, origin, witness));
            }
        }
        return findings;
    }

    private static Finding newest(LedgerDirectory log, String origin, CosignerKey witness) throws IOException {
        List<Path> newestFirst = new ArrayList<>(List.of(log.checkpoint()));
        newestFirst.addAll(Checkpoints.copies(log).reversed());
        for (Path file : newestFirst) {
            Optional<Finding> found = in(file, origin, witness);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return new Finding(origin, witness.name(), 0, null);
    }

    /** A file that is no checkpoint, is of another log or has a wrong cosignature counts as none. */
    private static Optional<Finding> in(Path file, String origin, CosignerKey witness) throws IOException {
        try {
            SignedNote note = SignedNote.parse(Files.readString(file));
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            return checkpoint.origin().equals(origin)
                    ? witness.cosigned(note).map(time -> new Finding(origin, witness.name(), checkpoint.size(), time))
                    : Optional.empty();
        } catch (NoteException | NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
