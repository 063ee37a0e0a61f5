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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Verifies one log against its key, and against every older checkpoint of it that someone kept. */
final class LogVerification {

    private static final int TRIES = 10;

    private final LedgerDirectory directory;
    private final LogFacts facts;
    private final List<Problem> problems = new ArrayList<>();
    private final Consumer<LedgerEntry> taker;
    private final ContentCheck content;
    private final ToldHistory told = new ToldHistory();

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
            Checkpoint signed = published();
            try (HeldSegments segments = HeldSegments.of(directory)) {
                if (left == 0 || segments.reach(signed.size())) {
                    return verify(signed, segments, copies, older);
                }
            }
            problems.subList(before, problems.size()).clear(); // a running writer was faster: look again
        }
    }

    private LogReport verify(Checkpoint signed, HeldSegments held, List<Path> copies, List<String> older)
            throws IOException {
        var tiles = new TileCheck(directory, facts.minimumIndex(), signed.size(), problems::add);
        tiles.expect(signed.size(), signed.root(), "the signed checkpoint");
        for (Path copy : copies) {
            String note = Files.exists(copy) ? Files.readString(copy) : "";
            if (!note.isEmpty()) {
                expect(tiles, note, "checkpoints/" + copy.getFileName(), signed);
            }
        }
        older.forEach(note -> expect(tiles, note, "an older checkpoint", signed));
        tiles.walk((index, leaf) -> take(index, leaf, true));
        var segments = new SegmentCheck(directory, facts, signed.size(), signed.root(), problems::add);
        segments.walk(held, (index, leaf) -> take(index, leaf, false));
        told.check(LogFacts.read(directory.facts()), copies, problems::add);
        long entries = Math.max(signed.size(), segments.size());
        return new LogReport(
                facts.origin(),
                directory.path(),
                facts.minimumIndex(),
                told.prunedUntil(),
                signed.size(),
                entries,
                segments.unfinished(),
                problems);
    }

    /** The published checkpoint; that of the empty tree when there is none that can be used. */
    private Checkpoint published() throws IOException {
        var empty = new Checkpoint(facts.origin(), 0, Bytes.owning(TreeHash.ofNothing()));
        Optional<String> note = directory.publishedNote();
        try {
            return note.isEmpty() ? empty : Checkpoint.verified(note.get(), facts.key());
        } catch (NoteException e) {
            general("checkpoint: " + e.getMessage());
            return empty;
        }
    }

    private void expect(TileCheck tiles, String note, String source, Checkpoint signed) {
        try {
            if (!Checkpoint.parse(SignedNote.parse(note).text()).origin().equals(facts.origin())) {
                return; // of another log
            }
            Checkpoint old = Checkpoint.verified(note, facts.keys());
            if (old.size() > signed.size()) {
                general("the log was rolled back: " + source + " covers " + old.size() + " entries, the published one "
                        + signed.size());
            } else if (old.size() == signed.size() && !old.root().equals(signed.root())) {
                general(source + " and the published one disagree on the root of " + signed.size());
            } else {
                tiles.expect(old.size(), old.root(), source);
            }
        } catch (NoteException e) {
            general(source + ": " + e.getMessage());
        }
    }

    private void take(long index, byte[] leaf, boolean signed) {
        LedgerEntry entry = LedgerEntry.of(facts.origin(), index, leaf, signed);
        told.note(entry);
        content.problem(entry).ifPresent(problem -> problems.add(Problem.at(index, problem)));
        taker.accept(entry);
    }

    private void general(String message) {
        problems.add(Problem.general(message));
    }
}
