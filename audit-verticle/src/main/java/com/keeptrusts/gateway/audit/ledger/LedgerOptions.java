package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import com.keeptrusts.gateway.audit.segment.SegmentLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * How a log is kept.
 *
 * @param node first part of a new log's origin
 * @param window flushes begin at least this far apart under load
 * @param checkpointEvery a signed checkpoint is published at most this often
 * @param segmentBytes size from which a segment is followed by the next
 * @param acceptLoss sets a log aside that misses acknowledged data, and starts another with a {@code gap} entry
 * @param store of the entries; of this log alone
 * @param witnessed checkpoints of this log that others have kept: with less than they cover it does not start
 */
public record LedgerOptions(
        String node,
        LogFiles files,
        MeterRegistry meters,
        Clock clock,
        Duration window,
        Duration checkpointEvery,
        long segmentBytes,
        boolean acceptLoss,
        LogStore store,
        List<String> witnessed) {

    public LedgerOptions {
        witnessed = List.copyOf(witnessed);
    }

    public static LedgerOptions of(String node, MeterRegistry meters) {
        return new LedgerOptions(
                node,
                new DiskFiles(),
                meters,
                Clock.systemUTC(),
                Duration.ofMillis(1),
                Duration.ofSeconds(1),
                SegmentLog.SEGMENT_BYTES,
                false,
                LogStore.segments(),
                List.of());
    }

    public LedgerOptions withFiles(LogFiles other) {
        return new LedgerOptions(
                node, other, meters, clock, window, checkpointEvery, segmentBytes, acceptLoss, store, witnessed);
    }

    public LedgerOptions withClock(Clock other) {
        return new LedgerOptions(
                node, files, meters, other, window, checkpointEvery, segmentBytes, acceptLoss, store, witnessed);
    }

    public LedgerOptions withWindow(Duration other) {
        return new LedgerOptions(
                node, files, meters, clock, other, checkpointEvery, segmentBytes, acceptLoss, store, witnessed);
    }

    public LedgerOptions withCheckpointEvery(Duration other) {
        return new LedgerOptions(node, files, meters, clock, window, other, segmentBytes, acceptLoss, store, witnessed);
    }

    public LedgerOptions withSegmentBytes(long other) {
        return new LedgerOptions(
                node, files, meters, clock, window, checkpointEvery, other, acceptLoss, store, witnessed);
    }

    public LedgerOptions acceptingLoss(boolean accepted) {
        return new LedgerOptions(
                node, files, meters, clock, window, checkpointEvery, segmentBytes, accepted, store, witnessed);
    }

    public LedgerOptions withWitnessed(List<String> notes) {
        return new LedgerOptions(
                node, files, meters, clock, window, checkpointEvery, segmentBytes, acceptLoss, store, notes);
    }

    public LedgerOptions withStore(LogStore other) {
        return new LedgerOptions(
                node, files, meters, clock, window, checkpointEvery, segmentBytes, acceptLoss, other, witnessed);
    }

    /** With the files that the store sees, too. */
    LedgerOptions seenByStore() {
        return withFiles(store.over(files));
    }
}
