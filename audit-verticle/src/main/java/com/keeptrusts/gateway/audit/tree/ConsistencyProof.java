package com.keeptrusts.gateway.audit.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Proves that a tree is an earlier one with leaves appended and nothing else (RFC 6962, 2.1.2; RFC 9162, 2.1.4). */
public record ConsistencyProof(long oldSize, long newSize, List<byte[]> hashes) {

    public ConsistencyProof {
        if (oldSize < 0 || oldSize > newSize) {
            throw new IllegalArgumentException("old size: " + oldSize + " (expected: 0 to " + newSize + ")");
        }
        hashes = List.copyOf(hashes);
    }

    public static ConsistencyProof of(Subtrees tree, long oldSize, long newSize) throws IOException {
        var path = new ArrayList<byte[]>();
        if (oldSize > 0 && oldSize < newSize) {
            prove(tree, oldSize, 0, newSize, true, path);
        }
        return new ConsistencyProof(oldSize, newSize, path);
    }

    private static void prove(Subtrees tree, long old, long from, long to, boolean whole, List<byte[]> path)
            throws IOException {
        if (old == to) {
            if (!whole) {
                path.add(tree.range(from, to));
            }
            return;
        }
        long middle = from + Long.highestOneBit(to - from - 1);
        if (old <= middle) {
            prove(tree, old, from, middle, whole, path);
            path.add(tree.range(middle, to));
        } else {
            prove(tree, old, middle, to, false, path);
            path.add(tree.range(from, middle));
        }
    }

    /** Whether the tree with the new root continues the tree with the old one. */
    public boolean proves(byte[] oldRoot, byte[] newRoot) {
        if (oldSize == newSize) {
            return hashes.isEmpty() && Arrays.equals(oldRoot, newRoot);
        }
        if (oldSize == 0) {
            return hashes.isEmpty() && Arrays.equals(oldRoot, TreeHash.ofNothing());
        }
        return hashes.stream().allMatch(hash -> hash.length == TreeHash.LENGTH) && climb(oldRoot, newRoot);
    }

    private boolean climb(byte[] oldRoot, byte[] newRoot) {
        var path = new ArrayList<byte[]>(hashes);
        if (Long.bitCount(oldSize) == 1) {
            path.addFirst(oldRoot);
        }
        if (path.isEmpty()) {
            return false;
        }
        int shared = Long.numberOfTrailingZeros(~(oldSize - 1));
        long node = (oldSize - 1) >>> shared;
        long last = (newSize - 1) >>> shared;
        byte[] old = path.getFirst();
        byte[] grown = path.getFirst();
        for (byte[] hash : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                old = TreeHash.ofNode(hash, old);
                grown = TreeHash.ofNode(hash, grown);
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                grown = TreeHash.ofNode(grown, hash);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && Arrays.equals(old, oldRoot) && Arrays.equals(grown, newRoot);
    }
}
