package com.keeptrusts.gateway.policy.pii;

import java.util.Arrays;

/** Words with a bit set each, in one table, walked character by character. Built once, then only read. */
final class Trie {

    static final int ROOT = 0;
    static final int NOWHERE = -1;

    private static final int FIBONACCI_SHIFT = 64;
    private static final long FIBONACCI = 0x9E3779B97F4A7C15L;

    private long[] edges = new long[64];
    private int[] targets = new int[64];
    private int[] meanings = new int[64];
    private int nodes = 1;

    void add(CharSequence word, int meaning) {
        int node = ROOT;
        for (int i = 0; i < word.length(); i++) {
            node = grow(node, word.charAt(i));
        }
        meanings[node] |= meaning;
    }

    /** Where a character leads from a node, or {@link #NOWHERE}. */
    int step(int node, char c) {
        long edge = edge(node, c);
        int slot = slot(edge);
        return edges[slot] == edge ? targets[slot] : NOWHERE;
    }

    /** The bits of the word that ends at a node; 0 where none does. */
    int meaning(int node) {
        return meanings[node];
    }

    private int grow(int node, char c) {
        int next = step(node, c);
        if (next != NOWHERE) {
            return next;
        }
        if (nodes * 2 > edges.length) {
            rehash();
        }
        meanings = nodes < meanings.length ? meanings : Arrays.copyOf(meanings, nodes * 2);
        put(edge(node, c), nodes);
        return nodes++;
    }

    private void put(long edge, int target) {
        int slot = slot(edge);
        edges[slot] = edge;
        targets[slot] = target;
    }

    private void rehash() {
        long[] oldEdges = edges;
        int[] oldTargets = targets;
        edges = new long[oldEdges.length * 2];
        targets = new int[edges.length];
        for (int i = 0; i < oldEdges.length; i++) {
            if (oldEdges[i] != 0) {
                put(oldEdges[i], oldTargets[i]);
            }
        }
    }

    private static long edge(int node, char c) {
        return ((long) (node + 1) << 16) | c;
    }

    /** The slot of an edge, or the free one where it belongs. */
    private int slot(long edge) {
        int mask = edges.length - 1;
        int slot = (int) ((edge * FIBONACCI) >>> (FIBONACCI_SHIFT - Integer.bitCount(mask)));
        while (edges[slot] != 0 && edges[slot] != edge) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
