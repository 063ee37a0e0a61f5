package com.keeptrusts.gateway.audit.segment;

import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Appends groups of leaves to a directory of segments, each flushed before {@link #append} returns. One thread appends.
 * After a {@link FlushFailedException} the log must not be used any more; after another {@link IOException} nothing of
 * the group remains and appending may be tried again.
 */
public final class SegmentLog implements Closeable {

    public static final long SEGMENT_BYTES = 16L * 1024 * 1024;

    private final LogFiles files;
    private final Path directory;
    private final UUID writer;
    private final long segmentBytes;
    private LogFile file;
    private long position;
    private Frontier edge;
    private boolean rollNext;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);

    private SegmentLog(LogFiles files, Path directory, UUID writer, long segmentBytes, SegmentRecovery.End end)
            throws IOException {
        this.files = files;
        this.directory = directory;
        this.writer = writer;
        this.segmentBytes = segmentBytes;
        this.file = files.open(end.segment().file());
        this.position = end.position();
        this.edge = end.edge();
    }

    /**
     * Opens for appending behind the last whole group, cutting off what a crash left behind it.
     *
     * @throws LedgerException when acknowledged data is damaged or missing
     */
    public static SegmentLog open(LogFiles files, Path directory, UUID writer, long segmentBytes, Covered covered)
            throws IOException {
        List<Segment> segments = Segment.list(directory);
        if (segments.isEmpty()) {
            throw new LedgerException(directory + ": acknowledged data is missing: no segment is there");
        }
        SegmentRecovery.End end = new SegmentRecovery(files, writer, covered).recover(segments);
        return new SegmentLog(files, directory, writer, segmentBytes, end);
    }

    /** Starts a log in an empty directory, behind the given edge. */
    public static SegmentLog create(LogFiles files, Path directory, UUID writer, long segmentBytes, Frontier edge)
            throws IOException {
        files.createDirectories(directory);
        Segment segment = begin(files, directory, writer, edge);
        int header = SegmentHeader.lengthAt(edge.size());
        return new SegmentLog(files, directory, writer, segmentBytes, new SegmentRecovery.End(segment, header, edge));
    }

    /** Size of the tree that is flushed. */
    public long size() {
        return edge.size();
    }

    public Bytes root() {
        return Bytes.owning(edge.root());
    }

    /** Bytes in the segment that is being written. */
    public long position() {
        return position;
    }

    /** The present end: a copy. */
    public Frontier edge() {
        return edge.copy();
    }

    public void append(List<byte[]> leaves, List<byte[]> hashes) throws IOException {
        Frontier grown = edge.copy();
        hashes.forEach(grown::append);
        if (rollNext || position >= segmentBytes) {
            roll();
        }
        var group = new Group(edge.size(), leaves, Bytes.owning(grown.root()));
        int length = GroupFormat.length(leaves);
        write(group, length);
        file.force();
        position += length;
        edge = grown;
    }

    /** Lets the next group begin a fresh segment, so that those before it can go. */
    public void rollNow() {
        rollNext = position > SegmentHeader.lengthAt(edge.size());
    }

    private void write(Group group, int length) throws IOException {
        if (buffer.capacity() < length) {
            buffer = ByteBuffer.allocateDirect(Integer.highestOneBit(length) * 2);
        }
        buffer.clear();
        GroupFormat.write(buffer, group);
        buffer.flip();
        try {
            file.writeFully(buffer, position);
        } catch (IOException e) {
            takeBack();
            throw e;
        }
    }

    /** Flushed, so that a crash cannot bring back what the next segment will say differently. */
    private void takeBack() throws FlushFailedException {
        try {
            file.truncate(position);
        } catch (IOException e) {
            throw new FlushFailedException(e);
        }
        file.force();
        rollNow();
    }

    private void roll() throws IOException {
        Segment next = begin(files, directory, writer, edge);
        file.close();
        file = files.open(next.file());
        position = SegmentHeader.lengthAt(edge.size());
        rollNext = false;
    }

    private static Segment begin(LogFiles files, Path directory, UUID writer, Frontier edge) throws IOException {
        Segment segment = Segment.in(directory, edge.size());
        try (LogFile out = files.open(segment.file())) {
            out.writeFully(ByteBuffer.wrap(SegmentHeader.of(writer, edge).bytes()), 0);
            out.force();
        } catch (FlushFailedException e) {
            throw e;
        } catch (IOException e) {
            files.deleteIfThere(segment.file());
            throw e;
        }
        files.forceDirectory(directory);
        return segment;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
