package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.TilePath;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.segment.Segment;
import com.keeptrusts.gateway.audit.segment.SegmentReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments of one moment, held open so that a running writer can drop them without taking them away from us. */
final class HeldSegments implements Closeable {

    private static final int TRIES = 10;

    private final List<Held> held;
    private long unfinished;

    /** A segment, or why it cannot be read. */
    record Held(Segment segment, @Nullable SegmentReader reader, String fault) {}

    private HeldSegments(List<Held> held) {
        this.held = held;
    }

    static HeldSegments of(LedgerDirectory directory) throws IOException {
        for (int left = TRIES; ; left--) {
            var opened = new HeldSegments(new ArrayList<>());
            try {
                for (Segment segment : Segment.list(directory.segments())) {
                    opened.hold(segment);
                }
                return opened;
            } catch (NoSuchFileException e) {
                opened.close(); // one was dropped between listing and opening
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    /** One that is being created at this moment is not there yet; by the second look it may be whole. */
    private void hold(Segment segment) throws IOException {
        Held found = open(segment);
        if (found.reader() != null) {
            held.add(found);
        } else if (segment.unfinished()) {
            unfinished = Files.size(segment.file());
        } else {
            held.add(open(segment));
        }
    }

    private static Held open(Segment segment) throws IOException {
        try {
            return new Held(segment, SegmentReader.open(segment), "");
        } catch (LedgerException e) {
            return new Held(segment, null, String.valueOf(e.getMessage()));
        }
    }

    /** Bytes of a segment whose header is not whole: being created, or left so by a crash. */
    long unfinished() {
        return unfinished;
    }

    List<Held> all() {
        return held;
    }

    /** The first entry that must be in them when a tree of this size is signed: that which no full bundle holds. */
    static long neededFrom(long signed) {
        return signed - signed % TilePath.FULL;
    }

    /** Whether they go back as far as they must when a tree of this size is signed. */
    boolean reach(long signed) {
        return !held.isEmpty() && held.getFirst().segment().first() <= neededFrom(signed);
    }

    /** How many entries there are now by the last segment, read anew; 0 when it cannot tell. */
    static long end(LedgerDirectory directory) throws IOException {
        try (HeldSegments now = of(directory)) {
            SegmentReader last = now.held.isEmpty() ? null : now.held.getLast().reader();
            if (last == null) {
                return 0;
            }
            while (last.next() != null) {
                // its index goes on
            }
            return last.index();
        }
    }

    @Override
    public void close() throws IOException {
        for (Held one : held) {
            if (one.reader() != null) {
                one.reader().close();
            }
        }
    }
}
