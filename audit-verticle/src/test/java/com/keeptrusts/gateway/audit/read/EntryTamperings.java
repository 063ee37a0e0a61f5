package com.keeptrusts.gateway.audit.read;

import static com.keeptrusts.gateway.audit.read.LedgerCopy.edited;

import com.keeptrusts.gateway.audit.ledger.TilePath;
import com.keeptrusts.gateway.audit.read.Tampering.Copies;
import com.keeptrusts.gateway.audit.read.Tampering.Place;
import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.audit.segment.Segment;
import com.keeptrusts.gateway.audit.segment.SegmentLog;
import com.keeptrusts.gateway.audit.segment.SegmentReader;
import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Entries edited, removed, added, moved: in bundles alone, and with more and more of what would contradict it. */
final class EntryTamperings {

    private EntryTamperings() {}

    static List<Tampering> all() {
        return List.of(
                new Tampering("an entry is edited", EntryTamperings::edit),
                new Tampering("an entry is deleted", EntryTamperings::delete),
                new Tampering("an entry of another log is inserted", EntryTamperings::insert),
                new Tampering("an entry is there twice", EntryTamperings::duplicate),
                new Tampering("two entries are swapped", EntryTamperings::swap),
                new Tampering("two bundles are swapped", EntryTamperings::swapBundles),
                new Tampering("the last entries are cut off", EntryTamperings::cutTail),
                new Tampering("the first entries are cut off", EntryTamperings::cutHead),
                new Tampering("bytes stand behind a bundle", EntryTamperings::append),
                new Tampering("an entry is edited and its hash with it", EntryTamperings::editWithHash),
                new Tampering("an entry is edited and every tile with it", EntryTamperings::editWithTiles),
                new Tampering("an entry is edited and every tile and segment with it", EntryTamperings::editAll));
    }

    private static long any(LedgerCopy log, Random random) {
        return random.nextLong(log.size());
    }

    private static Place edit(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        long index = any(log, random);
        change(log, index, random);
        return Place.at(index);
    }

    /** Edits one entry in its bundle. */
    private static byte[] change(LedgerCopy log, long index, Random random) throws IOException {
        List<byte[]> leaves = log.leaves(log.bundle(index));
        int at = (int) (index % TilePath.FULL);
        leaves.set(at, edited(leaves.get(at), random));
        log.leaves(log.bundle(index), leaves);
        return leaves.get(at);
    }

    private static Place delete(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        long index = any(log, random);
        List<byte[]> leaves = log.leaves(log.bundle(index));
        leaves.remove((int) (index % TilePath.FULL));
        log.leaves(log.bundle(index), leaves);
        return Place.at(index);
    }

    private static Place insert(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        long index = any(log, random);
        List<byte[]> leaves = log.leaves(log.bundle(index));
        List<byte[]> others = copies.other().allLeaves();
        leaves.add((int) (index % TilePath.FULL), others.get(random.nextInt(others.size())));
        log.leaves(log.bundle(index), leaves);
        return Place.at(index);
    }

    private static Place duplicate(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        long index = any(log, random);
        List<byte[]> leaves = log.leaves(log.bundle(index));
        int at = (int) (index % TilePath.FULL);
        leaves.add(at, leaves.get(at));
        log.leaves(log.bundle(index), leaves);
        return Place.at(index + 1);
    }

    private static Place swap(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        long index = any(log, random);
        List<byte[]> leaves = log.leaves(log.bundle(index));
        int one = (int) (index % TilePath.FULL);
        int other = (one + 1 + random.nextInt(leaves.size() - 1)) % leaves.size();
        Collections.swap(leaves, one, other);
        log.leaves(log.bundle(index), leaves);
        return Place.at(index - one + Math.min(one, other));
    }

    private static Place swapBundles(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        long full = log.size() / TilePath.FULL;
        long one = random.nextLong(full - 1);
        long other = one + 1 + random.nextLong(full - one - 1);
        String first = log.bundle(one * TilePath.FULL);
        String second = log.bundle(other * TilePath.FULL);
        byte[] content = log.read(first);
        log.write(first, log.read(second));
        log.write(second, content);
        return Place.at(one * TilePath.FULL);
    }

    private static Place cutTail(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        String last = log.bundle(log.size() - 1);
        List<byte[]> leaves = log.leaves(last);
        int cut = 1 + random.nextInt(leaves.size());
        log.leaves(last, leaves.subList(0, leaves.size() - cut));
        return Place.at(log.size() - cut);
    }

    private static Place cutHead(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        List<byte[]> leaves = log.leaves(log.bundle(0));
        log.leaves(log.bundle(0), leaves.subList(1 + random.nextInt(leaves.size() - 1), leaves.size()));
        return Place.at(0);
    }

    private static Place append(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        String bundle = log.bundle(any(log, random));
        byte[] content = log.read(bundle);
        byte[] longer = java.util.Arrays.copyOf(content, content.length + 1 + random.nextInt(9));
        longer[content.length] = 1; // a length of more bytes than follow
        log.write(bundle, longer);
        return Place.named(bundle);
    }

    private static Place editWithHash(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        long index = any(log, random);
        log.hash(index, change(log, index, random));
        return Place.within(index - index % TilePath.FULL, index);
    }

    private static Place editWithTiles(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        long index = any(log, random);
        change(log, index, random);
        log.publish(log.allLeaves());
        return Place.within(signedBefore(log, index), index);
    }

    private static Place editAll(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        Place place = editWithTiles(copies, random);
        rewriteSegments(log, log.allLeaves());
        return place;
    }

    /** The largest size of a kept checkpoint that an entry does not concern: the last one that still agrees. */
    private static long signedBefore(LedgerCopy log, long index) throws IOException {
        return log.checkpoints().stream()
                .mapToLong(copy -> Long.parseLong(copy.substring("checkpoints/".length())))
                .filter(size -> size <= index)
                .max()
                .orElse(0);
    }

    private static void rewriteSegments(LedgerCopy log, List<byte[]> leaves) throws IOException {
        List<Segment> segments = log.segments();
        UUID writer;
        try (SegmentReader reader = SegmentReader.open(segments.getFirst())) {
            writer = reader.writer();
        }
        for (Segment segment : segments) {
            Files.delete(segment.file());
        }
        int from = (int) segments.getFirst().first();
        var edge = new Frontier();
        leaves.subList(0, from).forEach(leaf -> edge.append(TreeHash.ofLeaf(leaf)));
        List<byte[]> rest = leaves.subList(from, leaves.size());
        try (SegmentLog fresh =
                SegmentLog.create(new DiskFiles(), log.directory().segments(), writer, 20_000, edge)) {
            fresh.append(rest, rest.stream().map(TreeHash::ofLeaf).toList());
        }
    }
}
