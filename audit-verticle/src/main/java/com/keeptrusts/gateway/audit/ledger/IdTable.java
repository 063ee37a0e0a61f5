package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.tree.TreeHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Entries by id in 64 to 128 bytes each, for many of them. An id is kept as half its digest and a leaf as the first
 * eight bytes of its hash, which tell the same bytes from different ones. Not thread-safe.
 */
public final class IdTable {

    private static final int SLOT = 4;

    private long[] slots = new long[SLOT * 1_024];
    private int size;

    /** Where an entry stands, and what tells its bytes. */
    public record Known(long index, long mark) {

        public boolean hasHash(byte[] leafHash) {
            return ByteBuffer.wrap(leafHash).getLong() == mark;
        }
    }

    public int size() {
        return size;
    }

    public @Nullable Known find(String id) {
        long[] key = key(id);
        int at = slot(slots, key[0], key[1]);
        return slots[at] == 0 ? null : new Known(slots[at + 2], slots[at + 3]);
    }

    public void put(String id, long index, byte[] leafHash) {
        if (size * SLOT * 2 >= slots.length) {
            grow();
        }
        long[] key = key(id);
        int at = slot(slots, key[0], key[1]);
        size += slots[at] == 0 ? 1 : 0;
        slots[at] = key[0];
        slots[at + 1] = key[1];
        slots[at + 2] = index;
        slots[at + 3] = ByteBuffer.wrap(leafHash).getLong();
    }

    private void grow() {
        long[] wider = new long[slots.length * 2];
        for (int at = 0; at < slots.length; at += SLOT) {
            if (slots[at] != 0) {
                System.arraycopy(slots, at, wider, slot(wider, slots[at], slots[at + 1]), SLOT);
            }
        }
        slots = wider;
    }

    /** The key's slot, or the free one where it belongs. */
    private static int slot(long[] slots, long high, long low) {
        int mask = slots.length / SLOT - 1;
        int at = (int) low & mask;
        while (slots[at * SLOT] != 0 && (slots[at * SLOT] != high || slots[at * SLOT + 1] != low)) {
            at = (at + 1) & mask;
        }
        return at * SLOT;
    }

    private static long[] key(String id) {
        ByteBuffer digest = ByteBuffer.wrap(TreeHash.sha256().digest(id.getBytes(StandardCharsets.UTF_8)));
        long high = digest.getLong();
        return new long[] {high == 0 ? 1 : high, digest.getLong()}; // 0 marks a free slot
    }
}
