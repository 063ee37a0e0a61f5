package com.keeptrusts.gateway.audit.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;

/** The bytes of a run (docs/audit-format.md): a header, blocks of keys in order, and the times of every 4,096 entries. */
final class RunFormat {

    static final int HEADER = 64;
    static final int BLOCK = 4_096;
    static final int RECORD = 12;
    static final int PER_BLOCK = 340;
    static final int PER_SPAN = 4_096;
    static final int SPAN = 2 * Long.BYTES;

    private static final byte[] MAGIC = "KTINDEX1".getBytes(StandardCharsets.US_ASCII);

    private RunFormat() {}

    static ByteBuffer header(UUID writer, RunName name, long records) {
        ByteBuffer header = ByteBuffer.allocate(HEADER).put(MAGIC);
        header.putLong(writer.getMostSignificantBits()).putLong(writer.getLeastSignificantBits());
        header.putLong(name.first()).putLong(name.entries()).putLong(records);
        header.putInt(HEADER - Integer.BYTES, crc(header.array(), 0, HEADER - Integer.BYTES, 0));
        return header.rewind();
    }

    /** How many keys there are, or -1 when this is not the header of that run of that log. */
    static long records(ByteBuffer header, UUID writer, RunName name) {
        long records = header.getLong(MAGIC.length + 4 * Long.BYTES);
        return header.equals(header(writer, name, records)) ? records : -1;
    }

    static long blocks(long records) {
        return (records + PER_BLOCK - 1) / PER_BLOCK;
    }

    static int spans(RunName name) {
        return Math.toIntExact(name.entries() / PER_SPAN);
    }

    static long length(RunName name, long records) {
        return spansAt(records) + (long) spans(name) * SPAN + Integer.BYTES;
    }

    static long spansAt(long records) {
        return HEADER + blocks(records) * BLOCK;
    }

    /** Over the bytes and where they belong, so that a block moved elsewhere is noticed as well. */
    static int crc(byte[] bytes, int from, int length, long place) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(place).rewind());
        return (int) crc.getValue();
    }

    static void putSixBytes(ByteBuffer out, long number) {
        out.putShort((short) (number >>> 32)).putInt((int) number);
    }

    static long sixBytes(ByteBuffer in, int at) {
        return Short.toUnsignedLong(in.getShort(at)) << 32 | Integer.toUnsignedLong(in.getInt(at + Short.BYTES));
    }
}
