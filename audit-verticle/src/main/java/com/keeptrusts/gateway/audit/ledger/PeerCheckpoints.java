package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Checkpoints of a log that others have kept, held against what the log is now. */
public final class PeerCheckpoints {

    private final LedgerDirectory directory;
    private final LogFacts facts;
    private final long published;

    /**
     * Holds them against the log in a directory.
     *
     * @param facts of the log, whose keys may have signed what is held against it
     * @param published size of its published tree, as far as which its tiles go
     */
    public PeerCheckpoints(LedgerDirectory directory, LogFacts facts, long published) {
        this.directory = directory;
        this.facts = facts;
        this.published = published;
    }

    /**
     * Returns when the log continues all of them. Those that the log has not signed prove nothing and are ignored.
     *
     * @param size entries that the log has
     * @throws LedgerException when it does not: acknowledged data is missing, or is not what it was
     */
    void require(List<String> notes, long size) throws IOException {
        for (String note : notes) {
            Optional<Checkpoint> held = ownWord(note); // nobody is kept from starting by a word that is another's
            if (held.isPresent()) {
                require(held.get(), size);
            }
        }
    }

    private Optional<Checkpoint> ownWord(String note) {
        try {
            return Optional.of(Checkpoint.verified(note, facts.keys()));
        } catch (NoteException e) {
            return Optional.empty();
        }
    }

    private void require(Checkpoint held, long size) throws IOException {
        if (held.size() > size) {
            throw new LedgerException("acknowledged data is missing: another writer has witnessed " + held.size()
                    + " entries of " + held.origin() + ", " + directory.path() + " has " + size);
        }
        if (isOther(held)) {
            throw new LedgerException(directory.path() + ": not the log that it was: its first " + held.size()
                    + " entries are others than those that another writer has witnessed");
        }
    }

    /** Whether a word that the log has signed contradicts what the log is. What it has not signed contradicts nothing. */
    public boolean contradicted(String note) throws IOException {
        Optional<Checkpoint> held = ownWord(note);
        return held.isPresent() && (held.get().size() > published || isOther(held.get()));
    }

    /** What lies below the first entry that was not pruned can be compared no more. */
    private boolean isOther(Checkpoint held) throws IOException {
        return held.size() >= facts.minimumIndex() && !root(held.size()).equals(held.root());
    }

    /** The tree over the first entries, from tiles as far as they go and from segments behind. */
    private Bytes root(long size) throws IOException {
        long inTiles = Math.min(size, published);
        Frontier tree = new TileTree(directory, published).frontier(inTiles);
        if (size > inTiles) {
            try (LogCursor cursor = LogCursor.open(directory, inTiles)) {
                while (tree.size() < size) {
                    byte[] leaf = cursor.nextLeaf();
                    if (leaf == null) {
                        throw new LedgerException(directory.path() + ": entry " + tree.size() + " cannot be read");
                    }
                    tree.append(TreeHash.ofLeaf(leaf));
                }
            }
        }
        return Bytes.owning(tree.root());
    }
}
