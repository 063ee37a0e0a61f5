package com.keeptrusts.gateway.audit.spool;

import com.keeptrusts.gateway.audit.ledger.LeafHead;
import com.keeptrusts.gateway.audit.segment.Covered;
import com.keeptrusts.gateway.audit.segment.FlushFailedException;
import com.keeptrusts.gateway.audit.segment.Group;
import com.keeptrusts.gateway.audit.segment.GroupCommit;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import com.keeptrusts.gateway.audit.segment.Segment;
import com.keeptrusts.gateway.audit.segment.SegmentLog;
import com.keeptrusts.gateway.audit.segment.SegmentReader;
import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.AppendRefused;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The segments of a spool: entries go in at one end, flushed, and leave in order at the other. One thread commits, one
 * other takes. After a crash the last taken ones may come again; their ids make that harmless.
 */
final class SpoolStore implements GroupCommit.Store, Closeable {

    /** A spool has no identity that matters to anyone. */
    private static final UUID WRITER = new UUID(0, 0);

    private static final String TAKEN = "taken";
    private static final int BATCH = 256;

    private final LogFiles files;
    private final Path directory;
    private final SpoolLimits limits;
    private final Clock clock;
    private final SegmentLog log;
    private volatile long flushed;
    private volatile long taken;
    private volatile long bytes;
    private volatile Instant oldest = Instant.MAX;
    private volatile boolean dead;
    private volatile boolean rollWanted;

    private SpoolStore(LogFiles files, Path directory, SpoolLimits limits, Clock clock, SegmentLog log)
            throws IOException {
        this.files = files;
        this.directory = directory;
        this.limits = limits;
        this.clock = clock;
        this.log = log;
        this.flushed = log.size();
        this.taken = Math.clamp(
                takenBefore(directory), Segment.list(directory).getFirst().first(), flushed);
        this.bytes = bytesOnDisk();
        this.oldest = flushed > taken ? clock.instant() : Instant.MAX;
    }

    static SpoolStore open(LogFiles files, Path directory, SpoolLimits limits, Clock clock) throws IOException {
        files.createDirectories(directory);
        long segmentBytes = Math.min(SegmentLog.SEGMENT_BYTES, Math.max(1, limits.bytes() / 8));
        List<Segment> segments = Segment.list(directory);
        if (segments.size() == 1 && segments.getFirst().unfinished()) {
            files.deleteIfThere(segments.getFirst().file());
            segments = List.of();
        }
        SegmentLog log = segments.isEmpty()
                ? SegmentLog.create(files, directory, WRITER, segmentBytes, new Frontier())
                : SegmentLog.open(files, directory, WRITER, segmentBytes, before(segments.getFirst()));
        return new SpoolStore(files, directory, limits, clock, log);
    }

    private static Covered before(Segment first) throws IOException {
        try (SegmentReader reader = SegmentReader.open(first)) {
            return new Covered(first.first(), Bytes.owning(reader.edge().root()));
        }
    }

    private static long takenBefore(Path directory) throws IOException {
        Path file = directory.resolve(TAKEN);
        return Files.exists(file) ? Long.parseLong(Files.readString(file)) : 0;
    }

    @Override
    public String name() {
        return "spool";
    }

    /** Entries that are kept and not taken. */
    long waiting() {
        return flushed - taken;
    }

    long bytes() {
        return bytes;
    }

    boolean accepting() {
        return !dead
                && bytes < limits.bytes()
                && Duration.between(oldest, clock.instant()).compareTo(limits.age()) < 0;
    }

    @Override
    public List<AppendAnswer> commit(List<List<AuditEntry>> calls) {
        List<byte[]> leaves = calls.stream()
                .flatMap(List::stream)
                .map(entry -> entry.leaf().array())
                .toList();
        String refusal = accepting() ? store(leaves) : dead ? "writer_dead" : "spool_full";
        AppendAnswer answer = refusal.isEmpty()
                ? new Appended(name(), flushed, flushed, Bytes.EMPTY)
                : new AppendRefused(name(), refusal);
        return calls.stream().map(_ -> answer).toList();
    }

    private String store(List<byte[]> leaves) {
        try {
            if (rollWanted) {
                rollWanted = false;
                log.rollNow();
            }
            log.append(leaves, leaves.stream().map(TreeHash::ofLeaf).toList());
            if (oldest.equals(Instant.MAX)) {
                oldest = clock.instant();
            }
            flushed = log.size();
            bytes = bytesOnDisk();
            return "";
        } catch (FlushFailedException e) {
            dead = true;
            return "writer_dead";
        } catch (IOException e) {
            return "disk_full";
        }
    }

    /** The next entries in order, as many as make a good call; none when all are taken. */
    List<AuditEntry> next() throws IOException {
        var batch = new ArrayList<AuditEntry>();
        if (taken < flushed) {
            List<Segment> segments = Segment.list(directory);
            Segment holder = segments.reversed().stream()
                    .filter(segment -> segment.first() <= taken)
                    .findFirst()
                    .orElseThrow(() -> new IOException("spool: entry " + taken + " is gone"));
            try (SegmentReader reader = SegmentReader.open(holder)) {
                for (Group group = reader.next(); group != null && batch.size() < BATCH; group = reader.next()) {
                    take(group, batch);
                }
            }
        }
        return batch;
    }

    private void take(Group group, List<AuditEntry> batch) {
        for (long index = Math.max(taken, group.first()); index < Math.min(flushed, group.treeSize()); index++) {
            if (batch.size() < BATCH && index == taken + batch.size()) {
                batch.add(entry(group.leaves().get((int) (index - group.first()))));
            }
        }
    }

    private static AuditEntry entry(byte[] leaf) {
        LeafHead head = LeafHead.read(leaf);
        if (head == null) {
            return new AuditEntry("", null, "", Bytes.owning(leaf)); // refused by any writer, as it would have been
        }
        String requestId = head.requestId().isEmpty() ? null : head.requestId();
        return new AuditEntry(head.id(), requestId, head.type(), Bytes.owning(leaf));
    }

    /** To be called once they are durable elsewhere. Segments of which nothing is left to take go. */
    void taken(int count) throws IOException {
        long now = taken + count;
        files.replace(directory.resolve(TAKEN), Long.toString(now).getBytes(StandardCharsets.US_ASCII));
        taken = now;
        List<Segment> segments = Segment.list(directory);
        for (int i = 0; i + 1 < segments.size() && segments.get(i + 1).first() <= taken; i++) {
            files.deleteIfThere(segments.get(i).file());
        }
        if (taken == flushed) {
            oldest = Instant.MAX;
            rollWanted = true; // so that what was taken can go when the next entry comes
        }
        bytes = bytesOnDisk();
    }

    private long bytesOnDisk() throws IOException {
        long sum = 0;
        for (Segment segment : Segment.list(directory)) {
            sum += Files.exists(segment.file()) ? Files.size(segment.file()) : 0;
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
