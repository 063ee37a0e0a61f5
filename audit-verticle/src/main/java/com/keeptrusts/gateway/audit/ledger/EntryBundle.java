package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/** Up to 256 leaves in one file, each behind its length in two bytes (C2SP tlog-tiles). */
public final class EntryBundle {

    private EntryBundle() {}

    public static byte[] write(List<byte[]> leaves) {
        ByteBuffer out = ByteBuffer.allocate(
                leaves.stream().mapToInt(leaf -> Short.BYTES + leaf.length).sum());
        leaves.forEach(leaf -> out.putShort((short) leaf.length).put(leaf));
        return out.array();
    }

    /** As many leaves as are whole: a file that was cut has fewer than its name says. */
    public static List<byte[]> parse(byte[] bundle) {
        var leaves = new ArrayList<byte[]>();
        ByteBuffer in = ByteBuffer.wrap(bundle);
        try {
            while (in.hasRemaining()) {
                byte[] leaf = new byte[Short.toUnsignedInt(in.getShort())];
                in.get(leaf);
                leaves.add(leaf);
            }
        } catch (BufferUnderflowException e) {
            return leaves;
        }
        return leaves;
    }

    /** Root over the leaves of one bundle. */
    static Bytes root(List<byte[]> leaves) {
        var tree = new Frontier();
        leaves.forEach(leaf -> tree.append(TreeHash.ofLeaf(leaf)));
        return Bytes.owning(tree.root());
    }

    /**
     * The leaves of a bundle as of some tree size; a partial one may have been replaced by the full one meanwhile.
     *
     * @throws NoSuchFileException when neither is there
     */
    public static List<byte[]> read(LedgerDirectory directory, TilePath bundle) throws IOException {
        List<byte[]> found = parse(TileContent.read(directory, bundle));
        return found.subList(0, Math.min(bundle.width(), found.size()));
    }
}
