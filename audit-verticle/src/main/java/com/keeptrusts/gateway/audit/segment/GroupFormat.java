package com.keeptrusts.gateway.audit.segment;

import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A group in a segment: for each leaf a frame {@code length (4), crc32c of length and bytes (4), bytes}, then one
 * trailer {@code magic (4), first index (8), leaves (4), tree size (8), root (32), crc32c of the trailer before it (4)}.
 * Big endian.
 */
final class GroupFormat {

    static final int MAX_LEAF = 65_535;
    static final int FRAME_OVERHEAD = 2 * Integer.BYTES;
    static final int TRAILER = 3 * Integer.BYTES + 2 * Long.BYTES + TreeHash.LENGTH;

    /** No leaf is that long, so a reader tells a trailer from a frame by its first four bytes. */
    private static final int MAGIC = 0x4b545452; // KTTR

    private GroupFormat() {}

    static int length(List<byte[]> leaves) {
        int length = TRAILER;
        for (byte[] leaf : leaves) {
            length += FRAME_OVERHEAD + leaf.length;
        }
        return length;
    }

    static void write(ByteBuffer out, Group group) {
        for (byte[] leaf : group.leaves()) {
            out.putInt(leaf.length).putInt(frameCrc(leaf)).put(leaf);
        }
        ByteBuffer trailer = ByteBuffer.allocate(TRAILER)
                .putInt(MAGIC)
                .putLong(group.first())
                .putInt(group.leaves().size())
                .putLong(group.treeSize())
                .put(group.root().array());
        out.put(trailer.putInt(crc(trailer.array(), 0, trailer.position())).flip());
    }

    /** The group that begins at the buffer's position, which moves behind it; null when there is no whole one. */
    static @Nullable Group read(ByteBuffer in, long first) {
        int start = in.position();
        var leaves = new ArrayList<byte[]>();
        try {
            for (int length = in.getInt(); length != MAGIC; length = in.getInt()) {
                byte[] leaf = leaf(in, length);
                if (leaf == null) {
                    in.position(start);
                    return null;
                }
                leaves.add(leaf);
            }
            Group group = trailer(in.position(in.position() - Integer.BYTES), leaves);
            if (group != null && group.first() == first) {
                return group;
            }
        } catch (BufferUnderflowException e) {
            // the bytes end within the group: as good as none
        }
        in.position(start);
        return null;
    }

    /** Whether a whole trailer stands behind the buffer's position that ends a group which began after {@code index}. */
    static boolean continuesAfter(ByteBuffer in, long index) {
        for (int at = in.position(); at + TRAILER <= in.limit(); at++) {
            if (in.getInt(at) == MAGIC && in.getLong(at + Integer.BYTES) > index && isTrailer(in, at)) {
                return true;
            }
        }
        return false;
    }

    private static byte @Nullable [] leaf(ByteBuffer in, int length) {
        if (length < 0 || length > MAX_LEAF || in.remaining() < Integer.BYTES + length) {
            return null;
        }
        int crc = in.getInt();
        byte[] leaf = new byte[length];
        in.get(leaf);
        return frameCrc(leaf) == crc ? leaf : null;
    }

    private static @Nullable Group trailer(ByteBuffer in, List<byte[]> leaves) {
        int at = in.position();
        if (in.remaining() < TRAILER || !isTrailer(in, at)) {
            return null;
        }
        in.getInt();
        long first = in.getLong();
        int count = in.getInt();
        long treeSize = in.getLong();
        byte[] root = new byte[TreeHash.LENGTH];
        in.get(root).getInt();
        boolean fits = count == leaves.size() && count > 0 && treeSize == first + count;
        return fits ? new Group(first, leaves, Bytes.owning(root)) : null;
    }

    private static boolean isTrailer(ByteBuffer in, int at) {
        byte[] trailer = new byte[TRAILER];
        in.get(at, trailer);
        int end = TRAILER - Integer.BYTES;
        return in.getInt(at + end) == crc(trailer, 0, end);
    }

    private static int frameCrc(byte[] leaf) {
        var crc = new CRC32C();
        crc.update(leaf.length >>> 24);
        crc.update(leaf.length >>> 16);
        crc.update(leaf.length >>> 8);
        crc.update(leaf.length);
        crc.update(leaf);
        return (int) crc.getValue();
    }

    private static int crc(byte[] bytes, int start, int length) {
        var crc = new CRC32C();
        crc.update(bytes, start, length);
        return (int) crc.getValue();
    }
}
