package com.keeptrusts.gateway.audit.segment;

import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * How a segment begins: {@code magic (8), first index (8), writer (16), hashes of the tree's right edge before it (32
 * each, one for each bit of the first index), crc32c (4)}. So a segment can be checked without those before it.
 */
record SegmentHeader(UUID writer, long first, List<byte[]> edge) {

    static final long MAGIC = 0x4b54534547303031L; // KTSEG001

    private static final int FIXED = 4 * Long.BYTES;

    SegmentHeader {
        edge = List.copyOf(edge);
    }

    static SegmentHeader of(UUID writer, Frontier edge) {
        return new SegmentHeader(writer, edge.size(), edge.hashes());
    }

    Frontier frontier() {
        return new Frontier(first, edge);
    }

    int length() {
        return lengthAt(first);
    }

    static int lengthAt(long first) {
        return FIXED + TreeHash.LENGTH * Long.bitCount(first) + Integer.BYTES;
    }

    byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(length());
        out.putLong(MAGIC).putLong(first);
        out.putLong(writer.getMostSignificantBits()).putLong(writer.getLeastSignificantBits());
        edge.forEach(out::put);
        return out.putInt(crc(out.array(), out.position())).array();
    }

    static SegmentHeader read(byte[] start) throws LedgerException {
        try {
            ByteBuffer in = ByteBuffer.wrap(start);
            if (in.getLong() != MAGIC) {
                throw new LedgerException("not a segment");
            }
            long first = in.getLong();
            var writer = new UUID(in.getLong(), in.getLong());
            var edge = new ArrayList<byte[]>();
            for (int i = Long.bitCount(first); i > 0; i--) {
                byte[] hash = new byte[TreeHash.LENGTH];
                in.get(hash);
                edge.add(hash);
            }
            int end = in.position();
            if (first < 0 || in.getInt() != crc(start, end)) {
                throw new LedgerException("header damaged");
            }
            return new SegmentHeader(writer, first, edge);
        } catch (BufferUnderflowException e) {
            throw new LedgerException("header cut off");
        }
    }

    /** The longest that a header can be. */
    static int maxLength() {
        return FIXED + TreeHash.LENGTH * Long.SIZE + Integer.BYTES;
    }

    private static int crc(byte[] bytes, int length) {
        var crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
