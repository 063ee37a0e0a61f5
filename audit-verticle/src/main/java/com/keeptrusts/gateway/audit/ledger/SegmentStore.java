package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.segment.Covered;
import com.keeptrusts.gateway.audit.segment.Segment;
import com.keeptrusts.gateway.audit.segment.SegmentLog;
import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** The segments in a log's own directory. */
final class SegmentStore implements LogStore {

    @Override
    public void create(LedgerDirectory directory, LedgerOptions options, UUID writer) throws IOException {
        SegmentLog.create(options.files(), directory.segments(), writer, options.segmentBytes(), new Frontier())
                .close();
    }

    @Override
    public EntryLog open(LedgerDirectory directory, LedgerOptions options, LogFacts facts, Covered covered)
            throws IOException {
        SegmentLog log =
                SegmentLog.open(options.files(), directory.segments(), facts.writer(), options.segmentBytes(), covered);
        log.keepRoom();
        return new Segments(directory, log);
    }

    private record Segments(LedgerDirectory directory, SegmentLog log) implements EntryLog {

        @Override
        public long size() {
            return log.size();
        }

        @Override
        public Bytes root() {
            return log.root();
        }

        @Override
        public void append(List<byte[]> leaves, List<byte[]> hashes) throws IOException {
            log.append(leaves, hashes);
        }

        @Override
        public EntryCursor cursor(long from) throws IOException {
            return LogCursor.open(directory, from);
        }

        /** What a segment holds: its entries go from the bundles when it is gone. */
        @Override
        public long neededFrom(long published) throws IOException {
            List<Segment> segments = Segment.list(directory.segments());
            return segments.isEmpty() ? 0 : segments.getFirst().first();
        }

        @Override
        public void rollNow() {
            log.rollNow();
        }

        @Override
        public void close() throws IOException {
            log.close();
        }
    }
}
