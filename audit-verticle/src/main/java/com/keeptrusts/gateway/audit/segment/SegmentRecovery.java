package com.keeptrusts.gateway.audit.segment;

import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Finds the last whole group of a directory of segments and cuts off what was being written behind it. Running it again
 * changes nothing. It refuses when anything that was acknowledged is damaged or missing.
 */
final class SegmentRecovery {

    private final LogFiles files;
    private final UUID writer;
    private final Covered covered;

    SegmentRecovery(LogFiles files, UUID writer, Covered covered) {
        this.files = files;
        this.writer = writer;
        this.covered = covered;
    }

    /** Where a log goes on: behind the last whole group. */
    record End(Segment segment, long position, Frontier edge) {}

    /** Checks every group from the segment on that holds the first leaf which is not covered. */
    End recover(List<Segment> found) throws IOException {
        List<Segment> segments = withoutTornCreation(found);
        int at = segments.size() - 1;
        while (at >= 0 && segments.get(at).first() > covered.size()) {
            at--;
        }
        if (at < 0) {
            throw new LedgerException("acknowledged data is missing: no segment holds entry " + covered.size());
        }
        End end = checked(segments.get(at), at == segments.size() - 1);
        for (Segment next : segments.subList(at + 1, segments.size())) {
            if (next.first() != end.edge().size()) {
                throw new LedgerException(next.file() + ": acknowledged data is missing before it, from entry "
                        + end.edge().size());
            }
            end = checked(next, next.equals(segments.getLast()));
        }
        if (end.edge().size() < covered.size()) {
            throw new LedgerException(
                    "acknowledged data is missing: " + end.segment().file() + " ends at entry "
                            + end.edge().size() + " (expected: at least " + covered.size() + ")");
        }
        return end;
    }

    private End checked(Segment segment, boolean last) throws IOException {
        try (SegmentReader reader = SegmentReader.open(segment)) {
            if (!reader.writer().equals(writer)) {
                throw new LedgerException(
                        segment.file() + ": belongs to writer " + reader.writer() + " (expected: " + writer + ")");
            }
            Frontier edge = reader.edge();
            check(segment, edge);
            for (Group group = reader.next(); group != null; group = reader.next()) {
                group.leaves().forEach(leaf -> edge.append(TreeHash.ofLeaf(leaf)));
                if (!group.root().equals(Bytes.owning(edge.root()))) {
                    throw new LedgerException(segment.file() + ": damaged, root of the entries from " + group.first());
                }
                check(segment, edge);
            }
            if (reader.rest() > 0 && (!last || reader.damaged())) {
                throw new LedgerException(segment.file() + ": damaged at byte " + reader.position() + ", entry "
                        + reader.index() + ", which was acknowledged");
            }
            if (last) {
                cutOff(segment, reader.position());
            }
            return new End(segment, reader.position(), edge);
        }
    }

    private void check(Segment segment, Frontier edge) throws IOException {
        if (edge.size() == covered.size() && !Bytes.owning(edge.root()).equals(covered.root())) {
            throw new LedgerException(segment.file() + ": the entries below " + covered.size()
                    + " are not those of the signed checkpoint");
        }
    }

    /** Flushes what is left, too: a killed process may have written more than it flushed, and that counts from now on. */
    private void cutOff(Segment segment, long position) throws IOException {
        try (LogFile file = files.open(segment.file())) {
            file.truncate(position);
            file.force();
        }
    }

    /** A crash while a segment was being created leaves less than its header, and so nothing that was acknowledged. */
    private List<Segment> withoutTornCreation(List<Segment> found) throws IOException {
        var segments = new ArrayList<>(found);
        Segment last = segments.getLast();
        if (!last.unfinished()) {
            return segments;
        }
        files.deleteIfThere(last.file());
        files.forceDirectory(last.file().resolveSibling("."));
        segments.removeLast();
        return segments;
    }
}
