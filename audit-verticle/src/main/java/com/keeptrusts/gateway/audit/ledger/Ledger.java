package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.segment.GroupCommit;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.segment.ThreadEnd;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AuditEntry;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One writer's log: its directory, locked, and the two threads that commit and publish. Opening and closing block. */
public final class Ledger implements AutoCloseable {

    private static final int ORPHANED_AT_ONCE = 1_000;
    private static final Duration OWN_LIMIT = Duration.ofSeconds(30);

    private final LedgerDirectory directory;
    private final LedgerOptions options;
    private final OwnEntries own;
    private final LedgerStart.Opened opened;
    private final GroupCommit commit;
    private final Gauge lag;
    private final ConflictAlarm alarm;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread publishing;
    private volatile LogFacts facts;

    private Ledger(
            LedgerDirectory directory,
            LedgerOptions options,
            OwnEntries own,
            LedgerStart.Opened opened,
            GroupCommit commit,
            Gauge lag) {
        this.directory = directory;
        this.options = options;
        this.own = own;
        this.opened = opened;
        this.commit = commit;
        this.lag = lag;
        this.alarm = new ConflictAlarm(options.meters(), directory.path());
        this.facts = opened.facts();
        this.publishing = Thread.ofPlatform().name("publish " + facts.writer()).start(this::publishRegularly);
    }

    /**
     * Opens the log of a directory, or creates it.
     *
     * @param answers runs the answers to callers
     * @param death hears of the failed flush that ends the writer
     * @throws LedgerException when another process has it, or when acknowledged data is damaged or missing
     */
    public static Ledger open(Path path, LedgerOptions given, Executor answers, Runnable death) throws IOException {
        LedgerOptions options = given.seenByStore();
        var directory = new LedgerDirectory(path);
        var own = new OwnEntries(options.node(), options.clock());
        var meters = new LedgerMeters(options.meters(), String.valueOf(path.getFileName()));
        LedgerStart.Opened opened = new LedgerStart(directory, options, own, meters, death).open();
        var commit = new GroupCommit(opened.writer(), options.window(), meters.commits(), answers);
        return new Ledger(directory, options, own, opened, commit, meters.lag(opened.publisher()));
    }

    private void publishRegularly() {
        try {
            do {
                opened.publisher().run();
            } while (!closing.await(options.checkpointEvery().toNanos(), TimeUnit.NANOSECONDS));
            opened.publisher().run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts this thread
        }
    }

    public LogFacts facts() {
        return facts;
    }

    /** Whether a flush failed, after which nothing is acknowledged. */
    public boolean dead() {
        return opened.writer().dead();
    }

    public OwnEntries ownEntries() {
        return own;
    }

    public int unacked() {
        return commit.unacked();
    }

    /** An entry for each request that should have ended by now, as many as go into one call. */
    public List<AuditEntry> orphaned() {
        return opened.requests().overdue(options.clock().instant()).stream()
                .limit(ORPHANED_AT_ONCE)
                .map(own::orphaned)
                .toList();
    }

    /** The requests that this log knows to be open, and those of others that have ended in it. */
    public OpenRequests requests() {
        return opened.requests();
    }

    /** Ends this writer, because what it has is not what it once signed; nothing is acknowledged from now on. */
    public void condemn(String cause) {
        opened.writer().die(new LedgerException(cause));
    }

    /** Puts signature lines of others under the published checkpoint, while it is the one of this text. Blocks. */
    public void countersign(String text, List<String> lines) throws IOException {
        opened.publisher().countersign(text, lines);
    }

    /** Keeps a promise for ever; to be called once the entry that tells of it is durable. */
    public void latch(LogFacts.Latch promise) throws IOException {
        change(before -> before.withLatch(promise));
    }

    /** Tells readers that entries below it are not there any more; to be called before the first one goes. */
    public void pruned(long minimumIndex) throws IOException {
        change(before -> before.withMinimumIndex(minimumIndex));
    }

    private synchronized void change(UnaryOperator<LogFacts> change) throws IOException {
        LogFacts changed = change.apply(facts);
        changed.write(options.files(), directory.facts());
        facts = changed;
    }

    /**
     * Lets a fresh key sign, beside the present one until the overlap ends. The entry that tells of it is durable on
     * return, and the first checkpoint over it, which both keys sign, is kept for ever.
     *
     * @param members what the entry says beside the keys
     */
    public synchronized VerifierKey rotateKey(Duration overlap, Map<String, ?> members) throws IOException {
        VerifierKey before = facts.key();
        VerifierKey next = opened.keys().prepare().verifier();
        Instant ends = options.clock().instant().plus(overlap).truncatedTo(ChronoUnit.MILLIS);
        var told = new HashMap<String, Object>(members);
        told.put("key", Map.of("from", before.toString(), "to", next.toString(), "overlap_ends", ends.toString()));
        long index = record(own.entry(OwnEntries.KEY_ROTATED, told));
        change(old -> old.withKey(next, ends));
        opened.keys().reload(facts);
        opened.checkpoints().keepOver(index);
        return next;
    }

    /** Appends an entry of the log's own and waits: gives its index once it is durable. */
    public long record(AuditEntry entry) throws IOException {
        var answer = new CompletableFuture<AppendAnswer>();
        commit.append(List.of(entry), OWN_LIMIT, answer::complete);
        return switch (answer.join()) {
            case AppendAnswer.Appended stored -> stored.firstIndex();
            case AppendAnswer.AppendRefused(String writer, String reason) ->
                throw new LedgerException(
                        "audit writer " + writer + ": " + entry.type() + " could not be stored: " + reason);
        };
    }

    /** Lets the next entry begin a fresh segment, so that those before it can go once they are in full bundles. */
    public void beginSegment() {
        opened.writer().beginSegment();
    }

    /** Entries under the last checkpoint that is on the disk. */
    public long published() {
        return opened.publisher().published();
    }

    /** As {@link EntryLog#neededFrom}, of what is under the last checkpoint. */
    public long neededFrom() throws IOException {
        return opened.entries().neededFrom(published());
    }

    /** As {@link EntryLog#prune}. */
    public void pruneStore(String entryId) throws IOException {
        opened.entries().prune(entryId);
    }

    public LedgerDirectory directory() {
        return directory;
    }

    public LedgerOptions options() {
        return options;
    }

    /** As {@link GroupCommit#append}. */
    public void append(List<AuditEntry> entries, Duration limit, Consumer<AppendAnswer> answer) {
        commit.append(entries, limit, given -> {
            alarm.hear(given);
            answer.accept(given);
        });
    }

    /** Returns when everything that arrived is answered and signed, and the directory is free for another process. */
    @Override
    public void close() throws IOException {
        commit.close();
        closing.countDown();
        ThreadEnd.await(publishing);
        options.meters().remove(lag);
        opened.publisher().close();
        opened.entries().close();
        options.store().close();
        opened.lock().close();
    }
}
