package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.EntryBundle;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.TileContent;
import com.keeptrusts.gateway.audit.ledger.TileEdge;
import com.keeptrusts.gateway.audit.ledger.TilePath;
import com.keeptrusts.gateway.audit.ledger.TileTree;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Computes the tree anew from the entries of the bundles and compares it with every tile, and with the root of every
 * checkpoint that is known for a size on the way.
 */
final class TileCheck {

    private final LedgerDirectory directory;
    private final long size;
    private final Consumer<Problem> problems;
    private final TileTree tiles;
    private final TileEdge computed = new TileEdge();
    private final Map<Long, List<Root>> expected = new HashMap<>();
    private final TileRemains remains;
    private boolean readable = true;
    private long minimumIndex;
    private long agreed;

    /** The root that someone signed for a size. */
    private record Root(Bytes hash, String source) {}

    TileCheck(LedgerDirectory directory, long minimumIndex, long size, Consumer<Problem> problems) {
        this.directory = directory;
        this.minimumIndex = minimumIndex;
        this.size = size;
        this.problems = problems;
        this.tiles = new TileTree(directory, size);
        this.remains = new TileRemains(directory, problems);
    }

    /** Has the root checked when the walk passes this size. */
    void expect(long at, Bytes root, String source) {
        expected.computeIfAbsent(at, _ -> new ArrayList<>()).add(new Root(root, source));
    }

    /** Walks all bundles, giving each entry that can be read. */
    void walk(BiConsumer<Long, byte[]> taker) throws IOException {
        for (long first = 0; first < size; first += TilePath.FULL) {
            if (isPruned(first)) {
                takePruned(first);
                continue;
            }
            List<byte[]> leaves = bundle(TilePath.entriesOf(first, size));
            for (int i = 0; i < leaves.size(); i++) {
                taker.accept(first + i, leaves.get(i));
                take(leaves.get(i));
            }
        }
        if (readable) {
            computed.partials(this::compare);
        }
    }

    private void take(byte[] leaf) throws IOException {
        if (!readable) {
            return;
        }
        computed.append(leaf, this::compare);
        agree();
    }

    /** Whether the bundle is below the minimum index, which a writer may have raised since the walk began. */
    private boolean isPruned(long first) throws IOException {
        if (first >= minimumIndex
                && !Files.exists(TilePath.entriesOf(first, size).full().in(directory))) {
            minimumIndex =
                    Math.max(minimumIndex, LogFacts.read(directory.facts()).minimumIndex());
        }
        return first < minimumIndex && first + TilePath.FULL <= size;
    }

    /** What is left of a pruned bundle is its hash, which the tiles above and the signed root must confirm. */
    private void takePruned(long first) throws IOException {
        if (!readable) {
            return;
        }
        TilePath above = TilePath.tileOf(1, first / TilePath.FULL, size);
        try {
            byte[] root = hash(tiles.tile(above), (int) (first / TilePath.FULL % TilePath.FULL));
            computed.appendBundle(root, this::compare);
        } catch (IOException e) {
            readable = false;
            problems.accept(new Problem(first, TilePath.FULL, above + " is missing or cut"));
            return;
        }
        agree();
    }

    private void agree() {
        expected.getOrDefault(computed.size(), List.of()).stream()
                .sorted(Comparator.comparing(root -> root.hash().equals(computed.root())))
                .forEach(this::agree);
    }

    /** Those that disagree come first, so that the range they name begins where all agreed. */
    private void agree(Root root) {
        if (root.hash().equals(computed.root())) {
            agreed = computed.size();
            return;
        }
        problems.accept(new Problem(
                agreed,
                computed.size() - agreed,
                root.source() + " has another root for " + computed.size() + " entries"));
    }

    /** The leaves of a bundle, one by one compared with the tile of their hashes. */
    private List<byte[]> bundle(TilePath path) throws IOException {
        long first = path.index() * TilePath.FULL;
        byte[] bytes;
        try {
            bytes = TileContent.read(directory, path);
        } catch (NoSuchFileException e) {
            readable = false;
            bad(first, path + " is missing");
            return List.of();
        }
        List<byte[]> all = EntryBundle.parse(bytes);
        boolean surplus = all.size() > path.width() && Files.exists(path.in(directory));
        boolean cut = EntryBundle.write(all).length != bytes.length;
        List<byte[]> leaves = all.subList(0, Math.min(all.size(), path.width()));
        long differing = firstDiffering(path, leaves);
        if (leaves.size() < path.width() || cut || surplus) {
            readable = leaves.size() == path.width() && readable;
            bad(differing, path + " does not hold the " + path.width() + " entries that it should");
        } else if (differing < first + path.width()) {
            bad(differing, path + " and " + new TilePath(0, path.index(), path.width()) + " disagree");
        }
        return leaves;
    }

    private long firstDiffering(TilePath path, List<byte[]> leaves) throws IOException {
        long first = path.index() * TilePath.FULL;
        byte[] hashes;
        try {
            hashes = tiles.tile(TilePath.tileOf(0, first, size));
        } catch (IOException e) {
            bad(first, new TilePath(0, path.index(), path.width()) + " is missing or cut");
            return first + leaves.size();
        }
        int i = 0;
        while (i < leaves.size() && Arrays.equals(TreeHash.ofLeaf(leaves.get(i)), hash(hashes, i))) {
            i++;
        }
        return first + i;
    }

    /** Compares a computed tile with its file. */
    private void compare(TilePath path, byte[] content) throws IOException {
        remains.compare(path, content);
        if (path.level() <= 0) {
            return; // entry by entry in bundle()
        }
        byte[] found;
        try {
            found = TileContent.read(directory, path);
        } catch (NoSuchFileException e) {
            problems.accept(Problem.general(path + " is missing"));
            return;
        }
        int i = 0;
        while (i < path.width() && Arrays.equals(hash(content, i), hash(found, i))) {
            i++;
        }
        if (i < path.width()) {
            long covers = 1L << (8 * path.level());
            problems.accept(new Problem((path.index() * TilePath.FULL + i) * covers, covers, path + " disagrees"));
        }
    }

    private static byte[] hash(byte[] tile, int i) {
        int from = Math.min(i * TreeHash.LENGTH, tile.length);
        return Arrays.copyOfRange(tile, from, Math.min(from + TreeHash.LENGTH, tile.length));
    }

    private void bad(long index, String message) {
        problems.accept(Problem.at(index, message));
    }
}
