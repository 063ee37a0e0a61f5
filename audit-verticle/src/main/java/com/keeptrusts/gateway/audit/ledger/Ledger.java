package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.segment.CommitMeters;
import com.keeptrusts.gateway.audit.segment.GroupCommit;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.segment.SegmentLog;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AuditEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** One writer's log: its directory, locked, and the threads that commit to it. Opening and closing block. */
public final class Ledger implements AutoCloseable {

    private static final int ORPHANED_AT_ONCE = 1_000;

    private final LedgerDirectory directory;
    private final LedgerOptions options;
    private final OwnEntries own;
    private final DirectoryLock lock;
    private final SegmentLog segments;
    private final LedgerWriter writer;
    private final OpenRequests open;
    private final GroupCommit commit;
    private volatile LogFacts facts;

    private Ledger(
            LedgerDirectory directory,
            LedgerOptions options,
            OwnEntries own,
            DirectoryLock lock,
            LogFacts facts,
            SegmentLog segments,
            LedgerWriter writer,
            OpenRequests open,
            GroupCommit commit) {
        this.directory = directory;
        this.options = options;
        this.own = own;
        this.lock = lock;
        this.facts = facts;
        this.segments = segments;
        this.writer = writer;
        this.open = open;
        this.commit = commit;
    }

    /**
     * Opens the log of a directory, or creates it.
     *
     * @param answers runs the answers to callers
     * @param death hears of the failed flush that ends the writer
     * @throws LedgerException when another process has it, or when acknowledged data is damaged or missing
     */
    public static Ledger open(Path path, LedgerOptions options, Executor answers, Runnable death) throws IOException {
        options.files().createDirectories(path);
        var directory = new LedgerDirectory(path);
        DirectoryLock lock = DirectoryLock.take(directory.lock());
        try {
            return open(directory, options, answers, death, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Ledger open(
            LedgerDirectory directory, LedgerOptions options, Executor answers, Runnable death, DirectoryLock lock)
            throws IOException {
        var files = new LedgerFiles(options.files(), directory);
        boolean fresh = !files.isThere();
        LogFacts facts =
                fresh ? files.create(options.node(), options.segmentBytes()) : LogFacts.read(directory.facts());
        files.key(facts);
        var segments =
                SegmentLog.open(options.files(), directory.segments(), facts.writer(), options.segmentBytes(), 0);
        var ids = new RecentIds();
        var open = new OpenRequests();
        new LogTail(directory, segments.size()).replay(ids, open);
        var reserve = new DiskReserve(options.files(), directory.path());
        var writer = new LedgerWriter(facts.writer().toString(), segments, ids, reserve, open::note, death);
        var own = new OwnEntries(options.node(), options.clock());
        if (segments.size() == 0) {
            writer.commit(List.of(List.of(own.opened(facts))));
        }
        var meters = new CommitMeters(options.meters(), "keeptrusts.audit");
        var commit = new GroupCommit(writer, options.window(), meters, answers);
        return new Ledger(directory, options, own, lock, facts, segments, writer, open, commit);
    }

    public LogFacts facts() {
        return facts;
    }

    /** Whether a flush failed, after which nothing is acknowledged. */
    public boolean dead() {
        return writer.dead();
    }

    public OwnEntries ownEntries() {
        return own;
    }

    /** An entry for each request that should have ended by now, as many as go into one call. */
    public List<AuditEntry> orphaned() {
        return open.overdue(options.clock().instant()).stream()
                .limit(ORPHANED_AT_ONCE)
                .map(own::orphaned)
                .toList();
    }

    /** Keeps a promise for ever; to be called once the entry that tells of it is durable. */
    public void latch(LogFacts.Latch promise) throws IOException {
        LogFacts latched = facts.withLatch(promise);
        latched.write(options.files(), directory.facts());
        facts = latched;
    }

    public int unacked() {
        return commit.unacked();
    }

    /** As {@link GroupCommit#append}. */
    public void append(List<AuditEntry> entries, Duration limit, Consumer<AppendAnswer> answer) {
        commit.append(entries, limit, answer);
    }

    /** Returns when everything that arrived is answered and the directory is free for another process. */
    @Override
    public void close() throws IOException {
        commit.close();
        segments.close();
        lock.close();
    }
}
