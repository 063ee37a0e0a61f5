package com.keeptrusts.gateway.audit.tree;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The complete subtrees of a tree of numbered leaves, each computed once. */
final class StoredTree implements Subtrees {

    private final List<List<byte[]>> levels = new ArrayList<>();

    StoredTree(int size) {
        var level = new ArrayList<byte[]>();
        for (int i = 0; i < size; i++) {
            level.add(TreeHash.ofLeaf(ByteBuffer.allocate(4).putInt(i).array()));
        }
        levels.add(level);
        while (levels.getLast().size() > 1) {
            List<byte[]> below = levels.getLast();
            var above = new ArrayList<byte[]>();
            for (int i = 0; i + 1 < below.size(); i += 2) {
                above.add(TreeHash.ofNode(below.get(i), below.get(i + 1)));
            }
            levels.add(above);
        }
    }

    byte[] leaf(int index) {
        return levels.getFirst().get(index);
    }

    @Override
    public byte[] hash(int level, long index) {
        return levels.get(level).get((int) index);
    }
}
