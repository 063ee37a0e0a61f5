package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The tiles that still grow: the last entry bundle and the last tile of each level. Full ones are handed out at once. */
public final class TileEdge {

    private final List<Growing> levels = new ArrayList<>();
    private List<byte[]> leaves = new ArrayList<>();
    private Frontier frontier = new Frontier();

    /** Takes a file's content. */
    @FunctionalInterface
    public interface Sink {
        void take(TilePath path, byte[] content) throws IOException;
    }

    /** The last tile of a level. */
    private static final class Growing {

        private long index;
        private final List<byte[]> hashes = new ArrayList<>();

        byte[] content() {
            ByteBuffer out = ByteBuffer.allocate(hashes.size() * TreeHash.LENGTH);
            hashes.forEach(out::put);
            return out.array();
        }

        byte[] root() {
            var subtree = new Frontier();
            hashes.forEach(subtree::append);
            return subtree.root();
        }
    }

    /** The edge of a tree that is published at this size. */
    static TileEdge of(LedgerDirectory directory, long size) throws IOException {
        var edge = new TileEdge();
        var tree = new TileTree(directory, size);
        edge.frontier = tree.frontier(size);
        if (size % TilePath.FULL != 0) {
            edge.leaves = new ArrayList<>(EntryBundle.read(directory, TilePath.entriesOf(size, size)));
        }
        for (int level = 0; size >>> (8 * level) > 0; level++) {
            long hashes = size >>> (8 * level);
            Growing growing = edge.level(level);
            growing.index = hashes / TilePath.FULL;
            int width = (int) (hashes % TilePath.FULL);
            for (int i = 0; i < width; i++) {
                growing.hashes.add(TileTree.at(tree.tile(TilePath.tileOf(level, hashes, size)), i));
            }
        }
        return edge;
    }

    public long size() {
        return frontier.size();
    }

    public Bytes root() {
        return Bytes.owning(frontier.root());
    }

    public void append(byte[] leaf, Sink full) throws IOException {
        byte[] hash = TreeHash.ofLeaf(leaf);
        leaves.add(leaf);
        frontier.append(hash);
        if (leaves.size() == TilePath.FULL) {
            full.take(TilePath.entries((size() - 1) / TilePath.FULL, TilePath.FULL), EntryBundle.write(leaves));
            leaves.clear();
        }
        grow(0, hash, full);
    }

    /** Takes the 256 leaves of a bundle by the root over them; the size must be a multiple of that. */
    public void appendBundle(byte[] root, Sink full) throws IOException {
        frontier.appendSubtree(Integer.numberOfTrailingZeros(TilePath.FULL), root);
        level(0).index++;
        grow(1, root, full);
    }

    private void grow(int from, byte[] hash, Sink full) throws IOException {
        byte[] up = hash;
        for (int level = from; ; level++) {
            Growing growing = level(level);
            growing.hashes.add(up);
            if (growing.hashes.size() < TilePath.FULL) {
                return;
            }
            full.take(new TilePath(level, growing.index, TilePath.FULL), growing.content());
            up = growing.root();
            growing.index++;
            growing.hashes.clear();
        }
    }

    /** Hands out what is not full, as partial tiles of the present size. */
    public void partials(Sink partial) throws IOException {
        if (!leaves.isEmpty()) {
            partial.take(TilePath.entries(size() / TilePath.FULL, leaves.size()), EntryBundle.write(leaves));
        }
        for (int level = 0; level < levels.size(); level++) {
            Growing growing = levels.get(level);
            if (!growing.hashes.isEmpty()) {
                partial.take(new TilePath(level, growing.index, growing.hashes.size()), growing.content());
            }
        }
    }

    private Growing level(int level) {
        while (levels.size() <= level) {
            levels.add(new Growing());
        }
        return levels.get(level);
    }
}
