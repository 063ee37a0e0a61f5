package com.keeptrusts.gateway.audit.index;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.SignedNote;
import java.io.IOException;
import java.util.Optional;

/** How many entries the published checkpoint speaks of. */
public final class SignedSize {

    private SignedSize() {}

    /** 0 when there is no checkpoint or it cannot be read. Its signature is not looked at. */
    public static long of(LedgerDirectory log) throws IOException {
        Optional<String> note = log.publishedNote();
        try {
            return note.isEmpty()
                    ? 0
                    : Checkpoint.parse(SignedNote.parse(note.get()).text()).size();
        } catch (NoteException e) {
            return 0;
        }
    }
}
