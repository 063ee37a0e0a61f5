package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.TileTree;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.TlogProof;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.tree.ConsistencyProof;
import com.keeptrusts.gateway.audit.tree.InclusionProof;
import java.io.IOException;

/** Proofs from the tiles of one log, as of the checkpoint that was published when it was opened. */
public final class LedgerProofs {

    private final String note;
    private final long size;
    private final TileTree tiles;

    private LedgerProofs(String note, long size, TileTree tiles) {
        this.note = note;
        this.size = size;
        this.tiles = tiles;
    }

    public static LedgerProofs open(LedgerDirectory directory) throws IOException {
        String note = directory
                .publishedNote()
                .orElseThrow(() -> new LedgerException(directory.path() + ": no checkpoint is published yet"));
        try {
            long size = Checkpoint.verified(
                            note, LogFacts.read(directory.facts()).keys())
                    .size();
            return new LedgerProofs(note, size, new TileTree(directory, size));
        } catch (NoteException e) {
            throw new LedgerException(directory.checkpoint() + ": " + e.getMessage());
        }
    }

    /** Size of the signed tree; entries from it on have no proof yet. */
    public long size() {
        return size;
    }

    /** The receipt of an entry, for a {@code .tlog-proof} file. */
    public TlogProof receipt(long index) throws IOException {
        return new TlogProof(index, inclusion(index).hashes(), note);
    }

    public InclusionProof inclusion(long index) throws IOException {
        return InclusionProof.of(tiles, index, size);
    }

    public ConsistencyProof consistency(long olderSize) throws IOException {
        return ConsistencyProof.of(tiles, olderSize, size);
    }
}
