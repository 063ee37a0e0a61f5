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
        appendSubtree(0, leafHash);
    }

    /**
     * Takes the leaves of a complete subtree at once.
     *
     * @param height of the subtree, which has {@code 1 << height} leaves; the size must be a multiple of that
     */
    public void appendSubtree(int height, byte[] root) {
        if (size % (1L << height) != 0) {
            throw new IllegalArgumentException("a subtree of height " + height + " cannot begin at " + size);
        }
        hashes[depth++] = root;
        for (long merged = size >>> height; (merged & 1) == 1; merged >>>= 1) {
            depth--;
            hashes[depth - 1] = TreeHash.ofNode(hashes[depth - 1], hashes[depth]);
        }
        size += 1L << height;
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
