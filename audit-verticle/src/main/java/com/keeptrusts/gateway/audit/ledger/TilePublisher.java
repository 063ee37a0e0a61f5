package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.segment.FlushFailedException;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import com.keeptrusts.gateway.audit.segment.Segment;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the flushed segments, off the path of appending: writes tiles, makes them durable, signs a checkpoint over
 * them, and drops segments whose entries it has read back from full bundles. One thread publishes.
 */
final class TilePublisher {

    private static final Logger LOG = LoggerFactory.getLogger(TilePublisher.class);

    /** With no more than that to do it takes its time, so that appending waits for a processor as little as for the disk. */
    private static final long FEW = 8_192;

    /** So many entries without a pause: some 0.2 ms of work. */
    private static final int PAUSE_AFTER = 32;

    private static final long PAUSE_NANOS = 50_000;

    private final LogFiles files;
    private final LedgerDirectory directory;
    private final LedgerWriter writer;
    private final Checkpoints checkpoints;
    private final TileFiles tiles;
    private final TileEdge edge;
    private final EntryCursor cursor;
    private final ArrayDeque<Tile> full = new ArrayDeque<>();
    private volatile long published;
    private boolean warned;

    /** A full one that is not written yet. */
    private record Tile(TilePath path, Bytes content) {}

    /** Goes on behind what is published, where the cursor is. */
    TilePublisher(
            LogFiles files,
            LedgerDirectory directory,
            LedgerWriter writer,
            Checkpoints checkpoints,
            TileEdge edge,
            EntryCursor cursor) {
        this.files = files;
        this.directory = directory;
        this.writer = writer;
        this.checkpoints = checkpoints;
        this.tiles = new TileFiles(files, directory);
        this.edge = edge;
        this.cursor = cursor;
        this.published = edge.size();
    }

    long published() {
        return published;
    }

    /** Entries that are flushed and not under a checkpoint. */
    long lag() {
        return writer.flushed().size() - published;
    }

    /** Publishes what is flushed. A failed flush ends the writer; anything else is tried again the next time. */
    void run() {
        try {
            LedgerWriter.Flushed target = writer.flushed();
            if (target.size() > published && !writer.dead()) {
                publish(target);
                warned = false;
            }
        } catch (FlushFailedException | LedgerException e) {
            writer.die(e);
        } catch (IOException | RuntimeException e) {
            if (!warned) {
                LOG.warn("no checkpoint could be published, entries stay in segments: {}", e.toString());
            }
            warned = true;
        }
    }

    private void publish(LedgerWriter.Flushed target) throws IOException {
        boolean unhurried = target.size() - edge.size() <= FEW;
        while (edge.size() < target.size()) {
            writeFull();
            byte[] leaf = cursor.nextLeaf();
            if (leaf == null || cursor.index() != edge.size() + 1) {
                throw new LedgerException(directory.segments() + ": entry " + edge.size() + " cannot be read back");
            }
            edge.append(leaf, (path, content) -> full.add(new Tile(path, Bytes.owning(content))));
            if (unhurried && edge.size() % PAUSE_AFTER == 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        writeFull();
        if (!edge.root().equals(target.root())) {
            throw new LedgerException(directory.segments() + ": the entries below " + target.size()
                    + " read back are not those that were written");
        }
        edge.partials(tiles::writePartial);
        tiles.sync();
        List<Segment> droppable = droppable(target.size());
        checkpoints.publish(target.size(), target.root(), !droppable.isEmpty());
        published = target.size();
        tiles.forgetReplaced();
        for (Segment segment : droppable) {
            files.deleteIfThere(segment.file());
        }
    }

    /** One by one, so that after a full disk it goes on where it stopped. */
    private void writeFull() throws IOException {
        while (!full.isEmpty()) {
            Tile next = full.getFirst();
            tiles.write(next.path(), next.content().array());
            full.removeFirst();
        }
    }

    /** The segments whose entries are all in full bundles that read back well. The last one is being written. */
    private List<Segment> droppable(long size) throws IOException {
        List<Segment> segments = Segment.list(directory.segments());
        long full = size - size % TilePath.FULL;
        int count = 0;
        while (count + 1 < segments.size() && segments.get(count + 1).first() <= full) {
            readBack(segments.get(count).first(), segments.get(count + 1).first(), size);
            count++;
        }
        return segments.subList(0, count);
    }

    private void readBack(long from, long to, long size) throws IOException {
        var tree = new TileTree(directory, size);
        for (long bundle = from / TilePath.FULL; bundle * TilePath.FULL < to; bundle++) {
            TilePath path = TilePath.entries(bundle, TilePath.FULL);
            List<byte[]> leaves = EntryBundle.parse(Files.readAllBytes(path.in(directory)));
            byte[] root = tree.hash(8, bundle);
            if (!Bytes.owning(root).equals(EntryBundle.root(leaves))) {
                throw new LedgerException(path.in(directory) + ": does not read back as written");
            }
        }
    }

    void countersign(String text, List<String> lines) throws IOException {
        try {
            checkpoints.countersign(text, lines);
        } catch (FlushFailedException e) {
            writer.die(e);
            throw e;
        }
    }

    void close() throws IOException {
        tiles.close();
        checkpoints.close();
        cursor.close();
    }
}
