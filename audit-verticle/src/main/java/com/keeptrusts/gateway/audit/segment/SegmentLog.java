package com.keeptrusts.gateway.audit.segment;

import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Appends groups of leaves to a directory of segments, each flushed before {@link #append} returns. One thread appends.
 * With {@link #keepRoom} segments are files of zeros that are filled, else they grow. After a
 * {@link FlushFailedException} the log must not be used any more; after another {@link IOException} nothing of the group
 * remains and appending may be tried again.
 */
public final class SegmentLog implements Closeable {

    public static final long SEGMENT_BYTES = 16L * 1024 * 1024;

    /** So much a segment that a start goes on with is lengthened: for as long as the first spare takes to be made. */
    private static final long FIRST_ROOM = 1024 * 1024;

    private final LogFiles files;
    private final Path directory;
    private final UUID writer;
    private final long segmentBytes;
    private LogFile file;
    private long position;
    private Frontier edge;
    private boolean rollNext;
    private boolean broken;
    private long room;
    private @Nullable SpareSegment spare;
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

    /**
     * From now on writes into room that was made before, so that a flush waits for this log's own bytes only. Costs the
     * disk each byte twice. Where no room can be made the log works as without.
     */
    public void keepRoom() throws IOException {
        spare = new SpareSegment(files, directory, segmentBytes);
        spare.prepare();
        long wanted = position + Math.min(FIRST_ROOM, segmentBytes);
        try {
            SpareSegment.fill(file, position, wanted);
            room = wanted;
        } catch (FlushFailedException e) {
            throw e;
        } catch (IOException e) {
            file.truncate(position);
        }
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
        if (spare != null) {
            spare.mustBeSound();
        }
        Frontier grown = edge.copy();
        hashes.forEach(grown::append);
        if (rollNext || position >= segmentBytes || outgrown()) {
            roll();
        }
        var group = new Group(edge.size(), leaves, Bytes.owning(grown.root()));
        int length = GroupFormat.length(leaves);
        broken = true;
        write(group, length);
        file.force();
        broken = false;
        position += length;
        edge = grown;
        if (spare != null && position > room / 2) {
            spare.hurry();
        }
    }

    private boolean outgrown() {
        return spare != null && spare.ready() && position >= room && hasGroups();
    }

    private boolean hasGroups() {
        return position > SegmentHeader.lengthAt(edge.size());
    }

    /** Lets the next group begin a fresh segment, so that those before it can go. */
    public void rollNow() {
        rollNext = hasGroups();
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
        broken = false;
        room = 0;
        rollNow();
    }

    private void roll() throws IOException {
        Path prepared = spare == null ? null : spare.take();
        try {
            rollInto(prepared == null ? begin(files, directory, writer, edge) : begin(prepared));
            room = prepared == null ? 0 : segmentBytes;
        } finally {
            if (spare != null) {
                spare.prepare();
            }
        }
    }

    private void rollInto(Segment next) throws IOException {
        shorten();
        file.close();
        file = files.open(next.file());
        position = SegmentHeader.lengthAt(edge.size());
        rollNext = false;
    }

    /** Zeros behind the last group say nothing, and take space. Where they stay nothing is wrong. */
    private void shorten() {
        try {
            if (room > position) {
                file.truncate(position);
            }
        } catch (IOException e) {
            // readers take zeros for what was never written
        }
    }

    private Segment begin(Path prepared) throws IOException {
        Segment segment = Segment.in(directory, edge.size());
        try (LogFile out = files.open(prepared)) {
            out.writeFully(ByteBuffer.wrap(SegmentHeader.of(writer, edge).bytes()), 0);
            out.force();
        }
        files.move(prepared, segment.file());
        files.forceDirectory(directory);
        return segment;
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
        if (spare != null) {
            spare.close();
        }
        if (!broken) {
            shorten();
        }
        file.close();
    }
}
