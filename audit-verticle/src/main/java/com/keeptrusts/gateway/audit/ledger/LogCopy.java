package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes a log as a directory that can be served and verified, from its leaves and a signed checkpoint over them. */
public final class LogCopy {

    private final LogFiles files;
    private final LedgerDirectory directory;

    public LogCopy(LogFiles files, LedgerDirectory directory) {
        this.files = files;
        this.directory = directory;
    }

    /**
     * Writes everything durably, {@code log.json} last. Holds one page of leaves at a time.
     *
     * @param facts content of {@code log.json}
     * @param store content of {@code store.json}: where the leaves come from
     * @param pruned roots over the bundles before the first leaf, in order
     * @param leaves from the first one on that was not pruned
     * @throws LedgerException when the leaves are not those that the checkpoint signs
     */
    public void write(
            String facts, String store, Iterable<Bytes> pruned, EntryCursor leaves, Checkpoint checkpoint, String note)
            throws IOException {
        files.createDirectories(directory.checkpoints());
        var tiles = new TileFiles(files, directory);
        var edge = new TileEdge();
        for (Bytes root : pruned) {
            edge.appendBundle(root.array(), tiles::write);
        }
        while (edge.size() < checkpoint.size()) {
            byte[] leaf = leaves.nextLeaf();
            if (leaf == null || leaves.index() != edge.size() + 1) {
                throw new LedgerException("log " + checkpoint.origin() + ": acknowledged data is missing: entry "
                        + edge.size() + " was signed");
            }
            edge.append(leaf, tiles::write);
        }
        if (!edge.root().equals(checkpoint.root())) {
            throw new LedgerException("log " + checkpoint.origin() + ": the entries below " + checkpoint.size()
                    + " are not those that were signed");
        }
        edge.partials(tiles::writePartial);
        tiles.sync();
        files.replace(directory.store(), store.getBytes(StandardCharsets.UTF_8));
        files.replace(directory.checkpoint(), note.getBytes(StandardCharsets.UTF_8));
        files.replace(directory.facts(), facts.getBytes(StandardCharsets.UTF_8));
    }
}
