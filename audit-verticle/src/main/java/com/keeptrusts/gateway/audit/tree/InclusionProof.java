package com.keeptrusts.gateway.audit.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Proves that one leaf stands at an index of a tree (RFC 6962, 2.1.1; RFC 9162, 2.1.3). */
public record InclusionProof(long index, long treeSize, List<byte[]> hashes) {

    public InclusionProof {
        if (index < 0 || index >= treeSize) {
            throw new IllegalArgumentException("index: " + index + " (expected: 0 to " + (treeSize - 1) + ")");
        }
        hashes = List.copyOf(hashes);
    }

    public static InclusionProof of(Subtrees tree, long index, long treeSize) throws IOException {
        var path = new ArrayList<byte[]>();
        long from = 0;
        long to = treeSize;
        while (to - from > 1) {
            long middle = from + Long.highestOneBit(to - from - 1);
            if (index < middle) {
                path.add(tree.range(middle, to));
                to = middle;
            } else {
                path.add(tree.range(from, middle));
                from = middle;
            }
        }
        return new InclusionProof(index, treeSize, path.reversed());
    }

    /** Whether the leaf with this hash stands there in the tree with this root. */
    public boolean proves(byte[] leafHash, byte[] root) {
        long node = index;
        long last = treeSize - 1;
        byte[] hash = leafHash;
        for (byte[] sibling : hashes) {
            if (last == 0 || sibling.length != TreeHash.LENGTH) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = TreeHash.ofNode(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = TreeHash.ofNode(hash, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }
}
