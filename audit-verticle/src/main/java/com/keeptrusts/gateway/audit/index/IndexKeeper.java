package com.keeptrusts.gateway.audit.index;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Brings the index of one log up to its signed tree, whatever is missing of it. Needs a few hundred kilobytes of memory
 * however long the log is, and blocks while it reads.
 */
public final class IndexKeeper {

    private final LedgerDirectory log;
    private final IndexDirectory index;

    /** For the log of a directory, whoever writes it. */
    public IndexKeeper(LedgerDirectory log) {
        this.log = log;
        this.index = IndexDirectory.of(log);
    }

    /**
     * Reads at most so many runs of 8,192 entries; returns true when nothing is left to do, or another process does it.
     *
     * @throws IOException also where the directory may not be written
     */
    public boolean catchUp(int runs) throws IOException {
        LogFacts facts = LogFacts.read(log.facts());
        long end = SignedSize.of(log) / RunName.SMALLEST * RunName.SMALLEST;
        Optional<RunName> missing = missing(facts, end);
        if (missing.isEmpty()) {
            return true;
        }
        Optional<Closeable> lock = index.lock();
        if (lock.isEmpty()) {
            return true;
        }
        try (Closeable _ = lock.get()) {
            return catchUp(facts, end, runs);
        }
    }

    /** Reads the whole index and forgets what is damaged of it, so that the next catching up makes it again. */
    public void check() throws IOException {
        UUID writer = LogFacts.read(log.facts()).writer();
        for (RunName name : index.all()) {
            try (IndexRun run = IndexRun.open(index.path(), name, writer)) {
                run.check();
            } catch (DamagedRunException e) {
                index.remove(name);
            }
        }
    }

    private boolean catchUp(LogFacts facts, long end, int runs) throws IOException {
        removeNeedless(facts.minimumIndex());
        for (int left = runs; left > 0; left--) {
            Optional<RunName> next = missing(facts, end);
            if (next.isEmpty() || !RunBuilder.build(log, index, next.get(), facts.writer())) {
                return true;
            }
            merge(next.get().parent(), facts.writer());
        }
        return missing(facts, end).isEmpty();
    }

    /** What a crash between a merge and its end left, and what tells of pruned entries only. */
    private void removeNeedless(long minimumIndex) throws IOException {
        Set<RunName> needed = new HashSet<>(index.runs());
        for (RunName run : index.all()) {
            if (!needed.contains(run) || run.end() <= minimumIndex) {
                index.remove(run);
            }
        }
    }

    /** The first run of the smallest size that no run covers. */
    private Optional<RunName> missing(LogFacts facts, long end) throws IOException {
        long at = facts.minimumIndex() / RunName.SMALLEST * RunName.SMALLEST;
        for (RunName run : index.runs()) {
            if (run.first() > at) {
                break;
            }
            at = Math.max(at, run.end());
        }
        return at < end ? Optional.of(new RunName(at, RunName.SMALLEST)) : Optional.empty();
    }

    private void merge(RunName whole, UUID writer) throws IOException {
        List<RunName> parts = index.runs().stream()
                .filter(run -> whole.covers(run) && run.parent().equals(whole))
                .toList();
        if (parts.size() < RunName.MERGED) {
            return;
        }
        try {
            RunMerge.merge(index, parts, whole, writer);
        } catch (DamagedRunException e) {
            check();
            return;
        }
        merge(whole.parent(), writer);
    }
}
