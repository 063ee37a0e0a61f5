package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.EntryBundle;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.TileEdge;
import com.keeptrusts.gateway.audit.ledger.TilePath;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.segment.Segment;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One log's files as someone has them who may write to the disk. */
record LedgerCopy(LedgerDirectory directory, long size) {

    static LedgerCopy at(Path path) throws IOException {
        var directory = new LedgerDirectory(path);
        try {
            String note = Files.readString(directory.checkpoint());
            LogFacts facts = LogFacts.read(directory.facts());
            return new LedgerCopy(
                    directory, Checkpoint.verified(note, facts.key()).size());
        } catch (NoteException e) {
            throw new AssertionError(e);
        }
    }

    Path path(String name) {
        return directory.path().resolve(name);
    }

    byte[] read(String name) throws IOException {
        return Files.readAllBytes(path(name));
    }

    String text(String name) throws IOException {
        return new String(read(name), StandardCharsets.UTF_8);
    }

    void write(String name, byte[] content) throws IOException {
        Files.createDirectories(path(name).resolveSibling("."));
        Files.write(path(name), content);
    }

    void write(String name, String content) throws IOException {
        write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    void delete(String name) throws IOException {
        Files.delete(path(name));
    }

    /** Changes one bit somewhere from a byte on. */
    void flip(String name, int from, int to, Random random) throws IOException {
        byte[] content = read(name);
        content[from + random.nextInt(to - from)] ^= (byte) (1 << random.nextInt(8));
        write(name, content);
    }

    /** The bundle that holds an entry. */
    String bundle(long index) {
        return TilePath.entriesOf(index, size).toString();
    }

    /** The tile of a level above that entry. */
    String tile(int level, long index) {
        return TilePath.tileOf(level, index >>> (8 * level), size).toString();
    }

    List<byte[]> leaves(String bundle) throws IOException {
        return new ArrayList<>(EntryBundle.parse(read(bundle)));
    }

    void leaves(String bundle, List<byte[]> leaves) throws IOException {
        write(bundle, EntryBundle.write(leaves));
    }

    List<byte[]> allLeaves() throws IOException {
        var all = new ArrayList<byte[]>();
        for (long first = 0; first < size; first += TilePath.FULL) {
            all.addAll(leaves(bundle(first)));
        }
        return all;
    }

    /** Writes bundles and tiles of all levels for other leaves, as the log itself would. */
    void publish(List<byte[]> leaves) throws IOException {
        var edge = new TileEdge();
        for (byte[] leaf : leaves) {
            edge.append(leaf, this::put);
        }
        edge.partials(this::put);
    }

    private void put(TilePath path, byte[] content) throws IOException {
        write(path.toString(), content);
    }

    /** Sets the hash of an entry in its tile of the lowest level. */
    void hash(long index, byte[] leaf) throws IOException {
        byte[] tile = read(tile(0, index));
        int at = (int) (index % TilePath.FULL) * TreeHash.LENGTH;
        System.arraycopy(TreeHash.ofLeaf(leaf), 0, tile, at, TreeHash.LENGTH);
        write(tile(0, index), tile);
    }

    List<Segment> segments() throws IOException {
        return Segment.list(directory.segments());
    }

    String name(Segment segment) {
        return "wal/" + segment.file().getFileName();
    }

    List<String> checkpoints() throws IOException {
        try (var copies = Files.list(directory.checkpoints())) {
            return copies.map(copy -> "checkpoints/" + copy.getFileName())
                    .sorted()
                    .toList();
        }
    }

    static byte[] edited(byte[] leaf, Random random) {
        byte[] changed = Arrays.copyOf(leaf, leaf.length);
        changed[random.nextInt(leaf.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }
}
