package com.keeptrusts.gateway.audit.segment;

import com.keeptrusts.gateway.audit.tree.Frontier;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the groups of one segment in order. At the end of what is written {@link #next} gives null and may be asked
 * again later, so a segment can be followed while it grows. Checks lengths and CRCs; roots are the caller's to check.
 */
public final class SegmentReader implements Closeable {

    private static final int CHUNK = 256 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final FileChannel channel;
    private final SegmentHeader header;
    private long position;
    private long index;
    private ByteBuffer ahead = NOTHING;

    private SegmentReader(FileChannel channel, SegmentHeader header) {
        this.channel = channel;
        this.header = header;
        this.position = header.length();
        this.index = header.first();
    }

    /**
     * Reads and checks the header.
     *
     * @throws LedgerException when it cannot be trusted or belongs to another file name
     */
    public static SegmentReader open(Segment segment) throws IOException {
        FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.READ);
        try {
            ByteBuffer start = ByteBuffer.allocate((int) Math.min(channel.size(), SegmentHeader.maxLength()));
            fill(channel, start, 0);
            SegmentHeader header = SegmentHeader.read(start.array());
            if (header.first() != segment.first()) {
                throw new LedgerException("header of the segment that begins at " + header.first());
            }
            return new SegmentReader(channel, header);
        } catch (LedgerException e) {
            channel.close();
            throw new LedgerException(segment.file() + ": " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Whose segment it says it is. */
    public UUID writer() {
        return header.writer();
    }

    /** The tree's right edge before the first leaf, as the header says it. */
    public Frontier edge() {
        return header.frontier();
    }

    /** Where the next group begins, in bytes. */
    public long position() {
        return position;
    }

    /** Index of the next leaf. */
    public long index() {
        return index;
    }

    /** The next whole group, or null when there is none (yet). */
    public @Nullable Group next() throws IOException {
        Group group = GroupFormat.read(ahead, index);
        boolean readAll = false;
        for (long size = CHUNK; group == null; size *= 2) {
            if (readAll || !begun()) {
                ahead = NOTHING; // it may be in the middle of being written: read it anew when asked again
                return null;
            }
            long there = channel.size() - position;
            readAll = size >= there;
            ahead = ByteBuffer.allocate((int) Math.min(there, size));
            fill(channel, ahead, position);
            group = GroupFormat.read(ahead, index);
        }
        position += GroupFormat.length(group.leaves());
        index = group.treeSize();
        return group;
    }

    /** Bytes behind the last group read, up to the last that is not zero: zeros are room that nobody has written to. */
    public long rest() throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(CHUNK);
        long end = channel.size();
        while (end > position) {
            long start = Math.max(position, end - CHUNK);
            fill(channel, piece.clear().limit((int) (end - start)), start);
            for (int at = piece.limit() - 1; at >= 0; at--) {
                if (piece.get(at) != 0) {
                    return start + at + 1 - position;
                }
            }
            end = start;
        }
        return 0;
    }

    /**
     * Whether a group that was written after the next one is there. A group is written only when the one before it was
     * flushed: so what cannot be read now was durable once, and is damaged.
     */
    public boolean damaged() throws IOException {
        long zerosOfTrailer = GroupFormat.TRAILER; // one may end in zeros
        long length = Math.min(channel.size() - position, rest() + zerosOfTrailer);
        ByteBuffer rest = ByteBuffer.allocate(Math.toIntExact(length));
        fill(channel, rest, position);
        return GroupFormat.continuesAfter(rest, index);
    }

    /** Whether the next group is there in part at least: its frame does not begin with zeros, as length and CRC are. */
    private boolean begun() throws IOException {
        ByteBuffer start = ByteBuffer.allocate(GroupFormat.FRAME_OVERHEAD);
        fill(channel, start, position);
        return start.limit() == start.capacity() && start.getLong() != 0;
    }

    private static void fill(FileChannel channel, ByteBuffer into, long from) throws IOException {
        while (into.hasRemaining() && channel.read(into, from + into.position()) > 0) {
            // a short read is no end: ask again
        }
        into.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
