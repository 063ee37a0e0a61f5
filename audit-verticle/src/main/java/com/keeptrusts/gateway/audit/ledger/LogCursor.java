package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.SignedNote;
import com.keeptrusts.gateway.audit.segment.Group;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.segment.Segment;
import com.keeptrusts.gateway.audit.segment.SegmentReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks one log in order of index while it may be growing: bundles as far as a checkpoint goes, then segments. At the
 * end {@link #next} gives null and may be asked again later. It reads and does not judge; that is verification's work.
 */
public final class LogCursor implements EntryCursor {

    private final LedgerDirectory directory;
    private LogFacts facts;
    private final ArrayDeque<byte[]> ahead = new ArrayDeque<>();
    private long index;
    private long signed;
    private @Nullable Segment opened;
    private @Nullable SegmentReader segment;

    private LogCursor(LedgerDirectory directory, LogFacts facts, long from) {
        this.directory = directory;
        this.facts = facts;
        this.index = from;
    }

    /** Begins at an index, or at the first entry that was not pruned. */
    public static LogCursor open(LedgerDirectory directory, long from) throws IOException {
        LogFacts facts = LogFacts.read(directory.facts());
        return new LogCursor(directory, facts, Math.max(from, facts.minimumIndex()));
    }

    @Override
    public @Nullable LedgerEntry next() throws IOException {
        long at = index;
        byte[] leaf = nextLeaf();
        return leaf == null ? null : LedgerEntry.of(facts.origin(), at, leaf, at < signed);
    }

    @Override
    public byte @Nullable [] nextLeaf() throws IOException {
        if (ahead.isEmpty() && !readMore()) {
            return null;
        }
        index++;
        return ahead.removeFirst();
    }

    /** Goes past leaves, before an index, that nobody needs to look into. */
    public void skip(long before, Predicate<byte[]> needless) throws IOException {
        while (index < before && (!ahead.isEmpty() || readMore()) && needless.test(ahead.getFirst())) {
            ahead.removeFirst();
            index++;
        }
    }

    @Override
    public long index() {
        return index;
    }

    private boolean readMore() throws IOException {
        if (segment != null && readGroup(segment)) {
            return true;
        }
        signed = Math.max(signed, signedSize());
        return (index < signed && readBundle()) || openSegment();
    }

    private boolean readBundle() throws IOException {
        closeSegment();
        try {
            List<byte[]> leaves = EntryBundle.read(directory, TilePath.entriesOf(index, signed));
            int from = (int) (index % TilePath.FULL);
            if (leaves.size() > from) {
                ahead.addAll(leaves.subList(from, leaves.size()));
            }
        } catch (NoSuchFileException e) {
            return skippedPruned() && readBundle(); // else the segments may still have it
        }
        return !ahead.isEmpty();
    }

    /** Whether what was to be read was pruned since the last look. */
    private boolean skippedPruned() throws IOException {
        facts = LogFacts.read(directory.facts());
        boolean behind = index < facts.minimumIndex();
        index = Math.max(index, facts.minimumIndex());
        return behind && index < signed;
    }

    private boolean openSegment() throws IOException {
        Optional<Segment> holder = Segment.list(directory.segments()).stream()
                .filter(candidate -> candidate.first() <= index)
                .reduce((_, later) -> later);
        if (holder.isEmpty() || (segment != null && holder.get().equals(opened))) {
            return false;
        }
        closeSegment();
        try {
            segment = SegmentReader.open(holder.get());
            opened = holder.get();
        } catch (NoSuchFileException | LedgerException e) {
            return false; // dropped or being created at this moment
        }
        return readGroup(segment);
    }

    /** Reads groups until one reaches the index. */
    private boolean readGroup(SegmentReader from) throws IOException {
        for (Group group = from.next(); group != null; group = from.next()) {
            if (group.treeSize() > index) {
                ahead.addAll(group.leaves()
                        .subList((int) (index - group.first()), group.leaves().size()));
                return true;
            }
        }
        return false;
    }

    private long signedSize() throws IOException {
        try {
            Optional<String> note = directory.publishedNote();
            return note.isEmpty()
                    ? 0
                    : Checkpoint.parse(SignedNote.parse(note.get()).text()).size();
        } catch (NoteException e) {
            return 0;
        }
    }

    private void closeSegment() throws IOException {
        if (segment != null) {
            segment.close();
            segment = null;
        }
    }

    @Override
    public void close() throws IOException {
        closeSegment();
    }
}
