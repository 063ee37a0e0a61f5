package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import com.keeptrusts.gateway.audit.segment.SegmentLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;

/**
 * How a log is kept.
 *
 * @param node first part of a new log's origin
 * @param window flushes begin at least this far apart under load
 * @param checkpointEvery a signed checkpoint is published at most this often
 * @param segmentBytes size from which a segment is followed by the next
 * @param acceptLoss sets a log aside that misses acknowledged data, and starts another with a {@code gap} entry
 */
public record LedgerOptions(
        String node,
        LogFiles files,
        MeterRegistry meters,
        Clock clock,
        Duration window,
        Duration checkpointEvery,
        long segmentBytes,
        boolean acceptLoss) {

    public static LedgerOptions of(String node, MeterRegistry meters) {
        return new LedgerOptions(
                node,
                new DiskFiles(),
                meters,
                Clock.systemUTC(),
                Duration.ofMillis(1),
                Duration.ofSeconds(1),
                SegmentLog.SEGMENT_BYTES,
                false);
    }

    public LedgerOptions withFiles(LogFiles other) {
        return new LedgerOptions(node, other, meters, clock, window, checkpointEvery, segmentBytes, acceptLoss);
    }

    public LedgerOptions withClock(Clock other) {
        return new LedgerOptions(node, files, meters, other, window, checkpointEvery, segmentBytes, acceptLoss);
    }

    public LedgerOptions withWindow(Duration other) {
        return new LedgerOptions(node, files, meters, clock, other, checkpointEvery, segmentBytes, acceptLoss);
    }

    public LedgerOptions withCheckpointEvery(Duration other) {
        return new LedgerOptions(node, files, meters, clock, window, other, segmentBytes, acceptLoss);
    }

    public LedgerOptions withSegmentBytes(long other) {
        return new LedgerOptions(node, files, meters, clock, window, checkpointEvery, other, acceptLoss);
    }

    public LedgerOptions acceptingLoss(boolean accepted) {
        return new LedgerOptions(node, files, meters, clock, window, checkpointEvery, segmentBytes, accepted);
    }
}
