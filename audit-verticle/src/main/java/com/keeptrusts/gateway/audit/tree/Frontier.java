package com.keeptrusts.gateway.audit.tree;

import java.util.Arrays;
import java.util.List;

/**
 * The right edge of a tree: the roots of its complete subtrees, largest first, one for each bit of its size. All that
 * appending and the root need. Not thread-safe.
 */
public final class Frontier {

    private final byte[][] hashes = new byte[Long.SIZE][];
    private int depth;
    private long size;

    public Frontier() {}

    /** The edge of a tree of the given size, as {@link #hashes()} gave it. */
    public Frontier(long size, List<byte[]> hashes) {
        if (size < 0 || hashes.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    hashes.size() + " hashes for a tree of size " + size + " (expected: " + Long.bitCount(size) + ")");
        }
        for (byte[] hash : hashes) {
            this.hashes[depth++] = hash;
        }
        this.size = size;
    }

    public Frontier copy() {
        return new Frontier(size, hashes());
    }

    public void append(byte[] leafHash) {
        hashes[depth++] = leafHash;
        for (long merged = size; (merged & 1) == 1; merged >>>= 1) {
            depth--;
            hashes[depth - 1] = TreeHash.ofNode(hashes[depth - 1], hashes[depth]);
        }
        size++;
    }

    public long size() {
        return size;
    }

    public List<byte[]> hashes() {
        return List.of(Arrays.copyOf(hashes, depth));
    }

    public byte[] root() {
        if (depth == 0) {
            return TreeHash.ofNothing();
        }
        byte[] root = hashes[depth - 1];
        for (int i = depth - 2; i >= 0; i--) {
            root = TreeHash.ofNode(hashes[i], root);
        }
        return root;
    }
}
