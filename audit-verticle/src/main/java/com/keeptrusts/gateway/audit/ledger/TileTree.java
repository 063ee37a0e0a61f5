package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.audit.tree.Subtrees;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The subtrees of a published tree, from its tiles. Keeps the tiles read last. Not thread-safe. */
public final class TileTree implements Subtrees {

    private static final int TILE_LEVELS = 8;
    private static final int KEPT = 64;

    private final LedgerDirectory directory;
    private final long size;
    private final Map<TilePath, byte[]> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

    /** The tree as it was at a size that was published. */
    public TileTree(LedgerDirectory directory, long size) {
        this.directory = directory;
        this.size = size;
    }

    @Override
    public byte[] hash(int level, long index) throws IOException {
        int tileLevel = level / TILE_LEVELS;
        int below = level % TILE_LEVELS;
        long first = index << below;
        byte[] tile = tile(TilePath.tileOf(tileLevel, first, size));
        var subtree = new Frontier();
        int from = (int) (first % TilePath.FULL);
        for (int i = from; i < from + (1 << below); i++) {
            subtree.append(at(tile, i));
        }
        return subtree.root();
    }

    static byte[] at(byte[] tile, int i) {
        return Arrays.copyOfRange(tile, i * TreeHash.LENGTH, (i + 1) * TreeHash.LENGTH);
    }

    /** The hashes of a tile, as many as its width says. */
    public byte[] tile(TilePath path) throws IOException {
        byte[] found = kept.get(path);
        if (found == null) {
            found = read(path);
            kept.put(path, found);
            if (kept.size() > KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return found;
    }

    private byte[] read(TilePath path) throws IOException {
        byte[] bytes = TileContent.read(directory, path);
        int length = path.width() * TreeHash.LENGTH;
        if (bytes.length < length) {
            throw new LedgerException(path.in(directory) + ": " + bytes.length + " bytes (expected: " + length + ")");
        }
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }
}
