package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.content.ContentCheck;
import com.keeptrusts.gateway.audit.ledger.Checkpoints;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.SignedNote;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Verifies one log against its key, and against every older checkpoint of it that someone kept. */
final class LogVerification {

    private static final int TRIES = 10;

    /** Problems that are kept; where a whole file is wrong, each of its entries is one. */
    private static final int MOST = 1_000;

    private final LedgerDirectory directory;
    private final LogFacts facts;
    private final List<Problem> problems = new ArrayList<>();
    private final Consumer<LedgerEntry> taker;
    private boolean holds;
    private boolean signedByThePresentKey = true;
    private long more;
    private final ToldHistory told = new ToldHistory();
    private final ContentCheck content;

    private LogVerification(
            LedgerDirectory directory, LogFacts facts, ContentCheck content, Consumer<LedgerEntry> taker) {
        this.directory = directory;
        this.facts = facts;
        this.content = content;
        this.taker = taker;
    }

    /**
     * Reads the whole log once.
     *
     * @param older signed checkpoints of this log from elsewhere, as texts
     * @param trusted keys from elsewhere; where one has this log's name, it must be the log's
     * @param taker gets every entry that can be read
     */
    static LogReport verify(
            LedgerDirectory directory, List<String> older, List<VerifierKey> trusted, Consumer<LedgerEntry> taker)
            throws IOException {
        LogFacts facts = LogFacts.read(directory.facts());
        try (ContentCheck content = ContentCheck.beside(directory.path())) {
            return new LogVerification(directory, facts, content, taker).verify(older, trusted);
        }
    }

    private LogReport verify(List<String> older, List<VerifierKey> trusted) throws IOException {
        trusted.stream()
                .filter(key ->
                        key.name().equals(facts.origin()) && !facts.keys().contains(key))
                .forEach(_ -> general("log.json names another key than the trusted one"));
        List<Path> copies = Checkpoints.copies(directory); // before the checkpoint, which a writer replaces first
        for (int left = TRIES; ; left--) {
            int before = problems.size();
            more = 0;
            Checkpoint signed = published();
            try (HeldSegments segments = HeldSegments.of(directory)) {
                if (left == 0 || segments.reach(signed.size()) || directory.keptElsewhere()) {
                    return verify(signed, segments, copies, older);
                }
            }
            problems.subList(before, problems.size()).clear(); // a running writer was faster: look again
        }
    }

    private LogReport verify(Checkpoint signed, HeldSegments held, List<Path> copies, List<String> older)
            throws IOException {
        var tiles = new TileCheck(directory, facts.minimumIndex(), signed.size(), this::found);
        var known = new KnownCheckpoints(facts, signed, tiles, this::found);
        known.kept(copies);
        known.older(older);
        tiles.walk((index, leaf) -> take(index, leaf, holds));
        var segments = new SegmentCheck(directory, facts, signed.size(), signed.root(), this::found);
        if (!directory.keptElsewhere() || !held.all().isEmpty()) {
            segments.walk(held, (index, leaf) -> take(index, leaf, false));
        }
        told.check(LogFacts.read(directory.facts()), copies, problems::add);
        if (holds && !signedByThePresentKey && signed.size() > told.rotatedAt()) {
            general("checkpoint: not signed by the present key");
        }
        long entries = Math.max(signed.size(), segments.size());
        strays(entries);
        if (more > 0) {
            problems.add(Problem.general("and " + more + " more"));
        }
        return new LogReport(
                facts.origin(),
                directory.path(),
                facts.minimumIndex(),
                told.prunedUntil(),
                holds ? signed.size() : 0,
                entries,
                segments.unfinished(),
                problems);
    }

    /** Those that a running writer has just made are not behind its present end. */
    private void strays(long entries) throws IOException {
        List<String> found = TileStrays.behind(directory, entries);
        if (!found.isEmpty()) {
            long now = Math.max(entries, HeldSegments.end(directory));
            found = found.stream()
                    .filter(TileStrays.behind(directory, now)::contains)
                    .toList();
        }
        found.forEach(stray -> general(stray + ": is behind the last entry"));
    }

    /** The published checkpoint; that of the empty tree when there is none. */
    private Checkpoint published() throws IOException {
        Optional<String> note = directory.publishedNote();
        if (note.isEmpty()) {
            holds = false;
            return empty();
        }
        try {
            Checkpoint signed = Checkpoint.verified(note.get(), facts.keys());
            holds = true;
            signedByThePresentKey = Checkpoint.isSigned(note.get(), facts.key());
            return signed;
        } catch (NoteException e) {
            general("checkpoint: " + e.getMessage());
            holds = false;
            return claimed(note.get());
        }
    }

    /** What one says whose signature does not hold, to look for the place with; never more than the segments hold. */
    private Checkpoint claimed(String note) throws IOException {
        try {
            Checkpoint claim = Checkpoint.parse(SignedNote.parse(note).text());
            return claim.size() <= HeldSegments.end(directory) ? claim : empty();
        } catch (NoteException e) {
            return empty();
        }
    }

    private Checkpoint empty() {
        return new Checkpoint(facts.origin(), 0, Bytes.owning(TreeHash.ofNothing()));
    }

    private void take(long index, byte[] leaf, boolean signed) {
        LedgerEntry entry = LedgerEntry.of(facts.origin(), index, leaf, signed);
        told.note(entry);
        content.problem(entry).ifPresent(problem -> found(Problem.at(index, problem)));
        taker.accept(entry);
    }

    private void general(String message) {
        found(Problem.general(message));
    }

    private void found(Problem problem) {
        if (problems.size() < MOST) {
            problems.add(problem);
        } else {
            more++;
        }
    }
}
