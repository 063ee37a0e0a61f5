package com.keeptrusts.gateway.audit.tree;

import java.io.IOException;
import java.util.ArrayList;

/** Roots of complete subtrees, from wherever they are kept. */
@FunctionalInterface
public interface Subtrees {

    /** Root over the leaves from {@code index << level} to {@code (index + 1) << level}, exclusive. */
    byte[] hash(int level, long index) throws IOException;

    /** Root over any range of leaves, split as RFC 6962 splits. */
    default byte[] range(long from, long to) throws IOException {
        long width = to - from;
        if (width <= 0) {
            return TreeHash.ofNothing();
        }
        if (Long.bitCount(width) == 1 && from % width == 0) {
            return hash(Long.numberOfTrailingZeros(width), from / width);
        }
        long left = Long.highestOneBit(width - 1);
        return TreeHash.ofNode(range(from, from + left), range(from + left, to));
    }

    /** The right edge of the tree over the first {@code size} leaves. */
    default Frontier frontier(long size) throws IOException {
        var edge = new ArrayList<byte[]>();
        long from = 0;
        for (long left = size; left > 0; left -= Long.highestOneBit(left)) {
            long width = Long.highestOneBit(left);
            edge.add(hash(Long.numberOfTrailingZeros(width), from / width));
            from += width;
        }
        return new Frontier(size, edge);
    }
}
