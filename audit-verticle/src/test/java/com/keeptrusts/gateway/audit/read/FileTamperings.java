package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.TilePath;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.SigningKey;
import com.keeptrusts.gateway.audit.read.Tampering.Copies;
import com.keeptrusts.gateway.audit.read.Tampering.Place;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Tiles, checkpoints and the files of two logs: edited, cut, removed, replaced. */
final class FileTamperings {

    private FileTamperings() {}

    static List<Tampering> all() {
        return List.of(
                new Tampering("a hash of the lowest level is edited", FileTamperings::editLowestTile),
                new Tampering("a hash of a higher level is edited", FileTamperings::editHigherTile),
                new Tampering("a tile is cut", FileTamperings::cutTile),
                new Tampering("bytes stand behind a tile", FileTamperings::appendToTile),
                new Tampering("a tile is deleted", FileTamperings::deleteTile),
                new Tampering("a bundle is deleted", FileTamperings::deleteBundle),
                new Tampering("the first bundle goes with its tile", FileTamperings::deleteHead),
                new Tampering("a bundle stands behind the last one", FileTamperings::strayBundle),
                new Tampering("a partial bundle beside a full one is edited", FileTamperings::stalePartial),
                new Tampering("the checkpoint is an older one", FileTamperings::olderCheckpoint),
                new Tampering("the checkpoint is deleted", FileTamperings::deleteCheckpoint),
                new Tampering("the checkpoint is edited", FileTamperings::editCheckpoint),
                new Tampering("the checkpoint is signed by another key", FileTamperings::otherKey),
                new Tampering("checkpoint and log.json have another key", FileTamperings::otherKeyEverywhere),
                new Tampering("a kept checkpoint is edited", FileTamperings::editKept),
                new Tampering("two kept checkpoints are swapped", FileTamperings::swapKept),
                new Tampering("a file is that of another log", FileTamperings::fileOfAnother));
    }

    private static Place editLowestTile(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        long index = random.nextLong(log.size());
        int at = (int) (index % TilePath.FULL) * TreeHash.LENGTH;
        log.flip(log.tile(0, index), at, at + TreeHash.LENGTH, random);
        return Place.at(index);
    }

    private static Place editHigherTile(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        long bundle = random.nextLong(log.size() / TilePath.FULL);
        int at = (int) bundle * TreeHash.LENGTH;
        log.flip(log.tile(1, 0), at, at + TreeHash.LENGTH, random);
        return Place.at(bundle * TilePath.FULL).saying(log.tile(1, 0));
    }

    private static String anyTile(LedgerCopy log, Random random) {
        return log.tile(random.nextInt(2), random.nextLong(log.size()));
    }

    private static Place cutTile(Copies copies, Random random) throws IOException {
        String tile = anyTile(copies.log(), random);
        byte[] content = copies.log().read(tile);
        copies.log().write(tile, Arrays.copyOf(content, random.nextInt(content.length)));
        return Place.named(tile);
    }

    private static Place appendToTile(Copies copies, Random random) throws IOException {
        String tile = anyTile(copies.log(), random);
        byte[] content = copies.log().read(tile);
        copies.log().write(tile, Arrays.copyOf(content, content.length + 1 + random.nextInt(64)));
        return Place.named(tile);
    }

    private static Place deleteTile(Copies copies, Random random) throws IOException {
        String tile = anyTile(copies.log(), random);
        copies.log().delete(tile);
        return Place.named(tile);
    }

    private static Place deleteBundle(Copies copies, Random random) throws IOException {
        long index = random.nextLong(copies.log().size());
        copies.log().delete(copies.log().bundle(index));
        return Place.at(index - index % TilePath.FULL);
    }

    private static Place deleteHead(Copies copies, Random random) throws IOException {
        copies.log().delete(copies.log().bundle(0));
        copies.log().delete(copies.log().tile(0, 0));
        return Place.at(0);
    }

    private static Place strayBundle(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        long last = log.size() / TilePath.FULL;
        String stray = TilePath.entries(last + 1, TilePath.FULL).toString();
        log.write(stray, log.read(log.bundle(random.nextInt(TilePath.FULL))));
        return Place.named(stray);
    }

    private static Place stalePartial(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        int width = 1 + random.nextInt(100);
        String stale = TilePath.entries(1, width).toString();
        List<byte[]> leaves = log.leaves(log.bundle(256)).subList(0, width);
        leaves.set(0, LedgerCopy.edited(leaves.getFirst(), random));
        log.leaves(stale, leaves);
        return Place.named(stale);
    }

    private static Place olderCheckpoint(Copies copies, Random random) throws IOException {
        List<String> kept = copies.log().checkpoints();
        String older = kept.get(random.nextInt(kept.size() - 1));
        copies.log().write("checkpoint", copies.log().read(older));
        return Place.named("the log was rolled back: checkpoints/");
    }

    private static Place deleteCheckpoint(Copies copies, Random random) throws IOException {
        copies.log().delete("checkpoint");
        return Place.named("the log was rolled back: checkpoints/");
    }

    private static Place editCheckpoint(Copies copies, Random random) throws IOException {
        copies.log().flip("checkpoint", 0, copies.log().read("checkpoint").length, random);
        return Place.named("checkpoint: ");
    }

    private static SigningKey forge(LedgerCopy log) throws IOException, NoteException {
        LogFacts facts = LogFacts.read(log.directory().facts());
        SigningKey other = SigningKey.generate(facts.origin());
        Checkpoint signed = Checkpoint.verified(log.text("checkpoint"), facts.key());
        log.write("checkpoint", other.sign(signed.text()).toString());
        return other;
    }

    private static Place otherKey(Copies copies, Random random) throws IOException, NoteException {
        forge(copies.log());
        return Place.named("checkpoint: signature of ");
    }

    private static Place otherKeyEverywhere(Copies copies, Random random) throws IOException, NoteException {
        String key = LogFacts.read(copies.log().directory().facts()).key().toString();
        String facts = copies.log().text("log.json");
        SigningKey other = forge(copies.log());
        copies.log().write("log.json", facts.replace(key, other.verifier().toString()));
        return Place.at(0);
    }

    private static Place editKept(Copies copies, Random random) throws IOException {
        List<String> kept = copies.log().checkpoints();
        String edited = kept.get(random.nextInt(kept.size()));
        copies.log().flip(edited, 0, copies.log().read(edited).length, random);
        return Place.named(edited);
    }

    private static Place swapKept(Copies copies, Random random) throws IOException {
        List<String> kept = copies.log().checkpoints();
        int one = random.nextInt(kept.size() - 1);
        String first = kept.get(one);
        String second = kept.get(one + 1 + random.nextInt(kept.size() - one - 1));
        byte[] content = copies.log().read(first);
        copies.log().write(first, copies.log().read(second));
        copies.log().write(second, content);
        return Place.named(first);
    }

    private static Place fileOfAnother(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        LedgerCopy other = copies.other();
        List<String> names = List.of(
                "checkpoint", "log.json", log.bundle(0), log.tile(0, 0), log.tile(1, 0), log.bundle(log.size() - 1));
        String name = names.get(random.nextInt(names.size()));
        List<String> theirs = List.of(
                "checkpoint",
                "log.json",
                other.bundle(0),
                other.tile(0, 0),
                other.tile(1, 0),
                other.bundle(other.size() - 1));
        String their = theirs.get(names.indexOf(name));
        byte[] content = log.read(name);
        log.write(name, other.read(their));
        other.write(their, content);
        return Place.named(name);
    }
}
