package com.keeptrusts.gateway.audit.index;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Looks up in what the index of one log holds at this moment. What it does not hold, or holds damaged, is named as
 * ranges to be read from the log itself, so an answer never depends on the index being there or whole.
 */
public final class LedgerIndex {

    private static final int TRIES = 10;

    private final IndexDirectory directory;
    private final UUID writer;
    private final long first;

    private LedgerIndex(IndexDirectory directory, UUID writer, long first) {
        this.directory = directory;
        this.writer = writer;
        this.first = first;
    }

    /** Of a log that may be growing, and whose index may be under work. */
    public static LedgerIndex open(LedgerDirectory log) throws IOException {
        LogFacts facts = LogFacts.read(log.facts());
        return new LedgerIndex(IndexDirectory.of(log), facts.writer(), facts.minimumIndex());
    }

    /** Entries that may be of a request or have an id: to be looked at, in rising order; the last range has no end. */
    public List<IndexRange> mayBeOf(String requestOrEntryId) throws IOException {
        IndexKey request = IndexKey.ofRequest(requestOrEntryId);
        IndexKey entry = IndexKey.ofEntry(requestOrEntryId);
        return ranges((run, found) -> {
            run.find(request, at -> found.add(new IndexRange(at, at + 1)));
            run.find(entry, at -> found.add(new IndexRange(at, at + 1)));
        });
    }

    /** Entries that may lie within a time, as {@link #mayBeOf}. */
    public List<IndexRange> mayBeWithin(@Nullable Instant since, @Nullable Instant until) throws IOException {
        if (since == null && until == null) {
            return List.of(IndexRange.from(first));
        }
        return ranges((run, found) -> {
            long at = run.name().first();
            for (TimeSpan span : run.spans()) {
                if (span.mayMeet(since, until)) {
                    found.add(new IndexRange(at, at + RunFormat.PER_SPAN));
                }
                at += RunFormat.PER_SPAN;
            }
        });
    }

    /** Asks one run, which gives what is to be read of its entries. */
    private interface Question {
        void ask(IndexRun run, List<IndexRange> found) throws IOException;
    }

    private List<IndexRange> ranges(Question question) throws IOException {
        for (int left = TRIES; ; left--) {
            try {
                return ask(question);
            } catch (NoSuchFileException e) {
                if (left == 0) {
                    throw e;
                } // merged or removed at this moment
            }
        }
    }

    private List<IndexRange> ask(Question question) throws IOException {
        var found = new ArrayList<IndexRange>();
        long covered = first;
        for (RunName name : directory.runs()) {
            if (name.end() <= covered) {
                continue;
            }
            if (name.first() > covered) {
                found.add(new IndexRange(covered, name.first()));
            }
            ask(name, question, found);
            covered = name.end();
        }
        found.add(IndexRange.from(covered));
        return found.stream().filter(range -> range.to() > first).toList();
    }

    private void ask(RunName name, Question question, List<IndexRange> found) throws IOException {
        var here = new ArrayList<IndexRange>();
        try (IndexRun run = IndexRun.open(directory.path(), name, writer)) {
            question.ask(run, here);
            here.sort(Comparator.comparingLong(IndexRange::from));
            found.addAll(here);
        } catch (DamagedRunException e) {
            found.add(new IndexRange(name.first(), name.end()));
            forget(name);
        }
    }

    /** Where this may not be done, the run is read around every time. */
    private void forget(RunName damaged) {
        try {
            directory.remove(damaged);
        } catch (IOException e) {
            // a directory for reading only
        }
    }
}
