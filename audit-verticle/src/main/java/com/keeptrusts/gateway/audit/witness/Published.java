package com.keeptrusts.gateway.audit.witness;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.TileTree;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.SignedNote;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.tree.ConsistencyProof;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A checkpoint that a log has published, and what its tiles prove about it. Its methods block. */
public record Published(LedgerDirectory directory, SignedNote note, Checkpoint checkpoint) {

    /** What stands in the directory now, if anything does. */
    public static Optional<Published> in(LedgerDirectory directory) throws IOException {
        Optional<String> text = directory.publishedNote();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            SignedNote note = SignedNote.parse(text.get());
            return Optional.of(new Published(directory, note, Checkpoint.parse(note.text())));
        } catch (NoteException e) {
            throw new LedgerException(directory.checkpoint() + ": " + e.getMessage());
        }
    }

    public long size() {
        return checkpoint.size();
    }

    /** That this tree continues its first entries. Tiles of a tree go when the second one after it is published. */
    public List<Bytes> consistentWith(long oldSize) throws IOException {
        return ConsistencyProof.of(new TileTree(directory, size()), oldSize, size()).hashes().stream()
                .map(Bytes::owning)
                .toList();
    }
}
