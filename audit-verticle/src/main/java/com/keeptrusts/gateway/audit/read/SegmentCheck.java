package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.TileTree;
import com.keeptrusts.gateway.audit.segment.Group;
import com.keeptrusts.gateway.audit.segment.Segment;
import com.keeptrusts.gateway.audit.segment.SegmentReader;
import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks the segments: among themselves, against the signed tree where both hold an entry, and as what follows it. */
final class SegmentCheck {

    private final LogFacts facts;
    private final long signed;
    private final Bytes signedRoot;
    private final Consumer<Problem> problems;
    private final TileTree tiles;
    private @Nullable Frontier end;
    private long unfinished;

    /** Whether the segment being read says what the tiles say, so far: the first difference tells enough. */
    private boolean agrees;

    SegmentCheck(LedgerDirectory directory, LogFacts facts, long signed, Bytes signedRoot, Consumer<Problem> problems) {
        this.facts = facts;
        this.signed = signed;
        this.signedRoot = signedRoot;
        this.problems = problems;
        this.tiles = new TileTree(directory, signed);
    }

    /** Bytes behind the last group, which were being written or are left from a crash. */
    long unfinished() {
        return unfinished;
    }

    /** Entries there are by the segments; 0 when they cannot tell. */
    long size() {
        return end == null ? 0 : end.size();
    }

    /** Reads all segments, giving each entry that no checkpoint covers. */
    void walk(HeldSegments segments, BiConsumer<Long, byte[]> taker) throws IOException {
        unfinished = segments.unfinished();
        for (HeldSegments.Held held : segments.all()) {
            SegmentReader reader = held.reader();
            boolean last = held.equals(segments.all().getLast());
            if (reader == null) {
                bad(held.segment().first(), held.fault());
                return;
            }
            check(held.segment(), reader, last, taker);
        }
        if (end == null || end.size() < signed) {
            String last = segments.all().isEmpty()
                    ? "there is none"
                    : String.valueOf(segments.all().getLast().segment().file());
            bad(size(), "the segments end here, " + last + ", below the " + signed + " entries that are signed");
        }
    }

    private void check(Segment segment, SegmentReader reader, boolean last, BiConsumer<Long, byte[]> taker)
            throws IOException {
        Frontier edge = reader.edge();
        follows(segment, reader, edge);
        end = edge;
        agrees = true;
        for (Group group = reader.next(); group != null; group = reader.next()) {
            check(segment, group, edge, taker);
        }
        if (reader.rest() > 0 && (!last || reader.damaged())) {
            bad(reader.index(), segment.file() + " is damaged at byte " + reader.position());
        } else if (reader.rest() > 0) {
            unfinished = reader.rest();
        }
    }

    private void follows(Segment segment, SegmentReader reader, Frontier edge) {
        if (!reader.writer().equals(facts.writer())) {
            bad(segment.first(), segment.file() + " belongs to another writer");
        } else if (end == null && segment.first() > HeldSegments.neededFrom(signed)) {
            bad(HeldSegments.neededFrom(signed), "no segment holds it: the first one left is " + segment.file());
        } else if (end != null && end.size() != segment.first()) {
            bad(end.size(), "missing: the next segment is " + segment.file());
        } else if (end != null && !Arrays.equals(end.root(), edge.root())) {
            bad(segment.first(), segment.file() + " does not follow the one before it");
        }
    }

    private void check(Segment segment, Group group, Frontier edge, BiConsumer<Long, byte[]> taker) throws IOException {
        for (byte[] leaf : group.leaves()) {
            byte[] hash = TreeHash.ofLeaf(leaf);
            long index = edge.size();
            if (agrees && !isPublished(index, hash)) {
                agrees = false;
                bad(index, segment.file() + " and tile/0 disagree");
            }
            if (index >= signed) {
                taker.accept(index, leaf);
            }
            edge.append(hash);
        }
        Bytes root = Bytes.owning(edge.root());
        if (!group.root().equals(root)) {
            problems.accept(new Problem(group.first(), group.leaves().size(), segment.file() + " has another root"));
        }
        if (edge.size() == signed && !signedRoot.equals(root)) {
            problems.accept(new Problem(0, signed, segment.file() + " and the signed checkpoint disagree"));
        }
    }

    /** No when a tile says something else. One that cannot be read {@link TileCheck} names, unless it was pruned. */
    private boolean isPublished(long index, byte[] hash) {
        try {
            return index >= signed || Arrays.equals(hash, tiles.hash(0, index));
        } catch (IOException e) {
            return true;
        }
    }

    private void bad(long index, String message) {
        problems.accept(Problem.at(index, message));
    }
}
