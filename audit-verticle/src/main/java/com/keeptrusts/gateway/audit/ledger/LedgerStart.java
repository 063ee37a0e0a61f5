package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.segment.Covered;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.contract.AppendAnswer.AppendRefused;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a log: recovers what a crash left, or creates it. Refuses when acknowledged data is damaged or missing, unless
 * the operator accepts the loss; then that log is set aside as it is and another one begins with a {@code gap} entry.
 */
final class LedgerStart {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerStart.class);

    private final LedgerDirectory directory;
    private final LedgerOptions options;
    private final OwnEntries own;
    private final LedgerMeters meters;
    private final Runnable death;

    LedgerStart(LedgerDirectory directory, LedgerOptions options, OwnEntries own, LedgerMeters meters, Runnable death) {
        this.directory = directory;
        this.options = options;
        this.own = own;
        this.meters = meters;
        this.death = death;
    }

    /** A log that is ready to be appended to. */
    record Opened(
            LogFacts facts,
            LogKeys keys,
            DirectoryLock lock,
            EntryLog entries,
            LedgerWriter writer,
            Checkpoints checkpoints,
            TilePublisher publisher,
            OpenRequests requests) {}

    Opened open() throws IOException {
        try {
            return locked();
        } catch (LedgerException e) {
            if (!options.acceptLoss() || !new LedgerFiles(options, directory).isThere()) {
                throw e;
            }
            return afterLoss(e);
        }
    }

    private Opened afterLoss(LedgerException loss) throws IOException {
        DirectoryLock.take(directory.lock()).close(); // a log in use is not a lost one
        Path lost = directory
                .path()
                .resolveSibling(directory.path().getFileName() + ".lost-"
                        + options.clock().millis());
        options.store().setAside(directory, options, String.valueOf(loss.getMessage()));
        options.files().move(directory.path(), lost);
        options.files().forceDirectory(lost.resolveSibling("."));
        LOG.error(
                "acknowledged audit entries are lost, as accepted: {}; the log is kept in {}", loss.getMessage(), lost);
        Opened opened = locked();
        record(opened.writer(), own.gap(String.valueOf(lost.getFileName()), String.valueOf(loss.getMessage())));
        return opened;
    }

    private Opened locked() throws IOException {
        options.files().createDirectories(directory.path());
        DirectoryLock lock = DirectoryLock.take(directory.lock());
        try {
            options.store().attach(directory, options);
            return opened(lock);
        } catch (IOException | RuntimeException e) {
            options.store().close();
            lock.close();
            throw e;
        }
    }

    private Opened opened(DirectoryLock lock) throws IOException {
        var files = new LedgerFiles(options, directory);
        LogFacts facts = files.isThere() ? LogFacts.read(directory.facts()) : files.create();
        TileEdge edge = publishedEdge(facts);
        EntryLog entries = options.store().open(directory, options, facts, new Covered(edge.size(), edge.root()));
        new PeerCheckpoints(directory, facts, edge.size()).require(options.witnessed(), entries.size());
        LastEntry.refuseRetired(directory, entries);
        var ids = new RecentIds();
        var requests = new OpenRequests();
        var told = new ToldFacts();
        new LogTail(entries).replay(ids, requests, told);
        LogFacts mended = told.mend(facts);
        if (!mended.equals(facts)) {
            mended.write(options.files(), directory.facts());
        }
        LogKeys keys = LogKeys.open(options.files(), directory, mended, options.clock());
        var writer = new LedgerWriter(
                facts.writer().toString(),
                entries,
                ids,
                new DiskReserve(options.files(), directory.path()),
                head -> {
                    requests.note(head);
                    meters.stored(head);
                },
                death);
        if (entries.size() == 0) {
            record(writer, own.opened(mended));
        }
        var checkpoints = new Checkpoints(options.files(), directory, keys, options.clock());
        var publisher =
                new TilePublisher(options.files(), directory, writer, checkpoints, edge, entries.cursor(edge.size()));
        return new Opened(mended, keys, lock, entries, writer, checkpoints, publisher, requests);
    }

    private void record(LedgerWriter writer, AuditEntry entry) throws LedgerException {
        if (writer.commit(List.of(List.of(entry))).getFirst() instanceof AppendRefused(String _, String reason)) {
            throw new LedgerException(directory.path() + ": its first entry could not be stored: " + reason);
        }
    }

    /** The tiles' right edge as of the signed checkpoint, whose root it must have. */
    private TileEdge publishedEdge(LogFacts facts) throws IOException {
        Checkpoint published = Checkpoints.published(directory, facts)
                .orElse(new Checkpoint(facts.origin(), 0, Bytes.owning(new Frontier().root())));
        TileEdge edge;
        try {
            edge = TileEdge.of(directory, published.size());
        } catch (NoSuchFileException e) {
            throw new LedgerException("acknowledged data is missing: " + e.getFile());
        }
        if (!edge.root().equals(published.root())) {
            throw new LedgerException(directory.tiles() + ": damaged, not the tree of the signed checkpoint");
        }
        return edge;
    }
}
