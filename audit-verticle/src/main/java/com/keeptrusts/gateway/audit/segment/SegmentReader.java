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
        while (group == null) {
            if (!readMore()) {
                ahead = NOTHING; // it may be in the middle of being written: read it anew when asked again
                return null;
            }
            group = GroupFormat.read(ahead, index);
        }
        position += GroupFormat.length(group.leaves());
        index = group.treeSize();
        return group;
    }

    /** Bytes behind the last group read. */
    public long rest() throws IOException {
        return channel.size() - position;
    }

    /**
     * Whether a group that was written after the next one is there. A group is written only when the one before it was
     * flushed: so what cannot be read now was durable once, and is damaged.
     */
    public boolean damaged() throws IOException {
        ByteBuffer rest = ByteBuffer.allocate(Math.toIntExact(rest()));
        fill(channel, rest, position);
        return GroupFormat.continuesAfter(rest, index);
    }

    /** Reads a longer piece from the next group's start; false when the file has nothing more to give. */
    private boolean readMore() throws IOException {
        long there = rest();
        if (there <= ahead.remaining()) {
            return false;
        }
        int size = (int) Math.min(there, Math.max(CHUNK, 2L * ahead.remaining()));
        ahead = ByteBuffer.allocate(size);
        fill(channel, ahead, position);
        return true;
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
