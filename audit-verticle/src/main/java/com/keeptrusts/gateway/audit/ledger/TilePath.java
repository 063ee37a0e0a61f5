package com.keeptrusts.gateway.audit.ledger;

import java.nio.file.Path;

/**
 * Where C2SP tlog-tiles puts its files: {@code tile/<L>/<N>[.p/<W>]}, with N in groups of three digits, all but the
 * last marked with x.
 *
 * @param level a level of hashes, or {@link #ENTRIES}
 * @param width hashes or entries in it, {@link #FULL} when it will never change
 */
public record TilePath(int level, long index, int width) {

    public static final int ENTRIES = -1;
    public static final int FULL = 256;

    public static TilePath entries(long index, int width) {
        return new TilePath(ENTRIES, index, width);
    }

    /** The file that holds the leaf's bundle when the tree has the given size. */
    public static TilePath entriesOf(long leaf, long treeSize) {
        long index = leaf / FULL;
        return entries(index, (int) Math.min(FULL, treeSize - index * FULL));
    }

    /** The tile that holds the level's n-th hash when the tree has the given size. */
    public static TilePath tileOf(int level, long n, long treeSize) {
        long index = n / FULL;
        return new TilePath(level, index, (int) Math.min(FULL, (treeSize >>> (8 * level)) - index * FULL));
    }

    public TilePath full() {
        return new TilePath(level, index, FULL);
    }

    /** Below the log's directory. */
    public Path in(LedgerDirectory directory) {
        return directory.path().resolve(toString());
    }

    @Override
    public String toString() {
        var digits = new StringBuilder("%03d".formatted(index % 1_000));
        for (long rest = index / 1_000; rest > 0; rest /= 1_000) {
            digits.insert(0, "x%03d/".formatted(rest % 1_000));
        }
        String name = "tile/" + (level == ENTRIES ? "entries" : String.valueOf(level)) + "/" + digits;
        return width == FULL ? name : name + ".p/" + width;
    }
}
