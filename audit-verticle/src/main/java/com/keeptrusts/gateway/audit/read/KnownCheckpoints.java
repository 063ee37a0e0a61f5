package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Holds every checkpoint of a log that is known against the published one, and has the tree checked at its size. */
final class KnownCheckpoints {

    private final LogFacts facts;
    private final Checkpoint signed;
    private final TileCheck tiles;
    private final Consumer<Problem> problems;

    KnownCheckpoints(LogFacts facts, Checkpoint signed, TileCheck tiles, Consumer<Problem> problems) {
        this.facts = facts;
        this.signed = signed;
        this.tiles = tiles;
        this.problems = problems;
        tiles.expect(signed.size(), signed.root(), "the signed checkpoint");
    }

    /**
     * The log's own copies: all of itself, each under the size that it is of. An empty one is what a crash leaves of the
     * last, which is not flushed.
     */
    void kept(List<Path> copies) throws IOException {
        for (Path copy : copies) {
            String note = Files.exists(copy) ? LedgerDirectory.noteIn(copy) : "";
            if (!note.isEmpty()) {
                kept("checkpoints/" + copy.getFileName(), note, Long.parseLong(String.valueOf(copy.getFileName())));
            }
        }
    }

    private void kept(String source, String note, long size) {
        try {
            Checkpoint copy = Checkpoint.verified(note, facts.keys());
            if (copy.size() != size) {
                general(source + ": is the checkpoint of " + copy.size() + " entries");
            }
            compare(copy, source);
        } catch (NoteException e) {
            general(source + ": " + e.getMessage());
        }
    }

    /** What somebody kept elsewhere; those of other logs are passed over. */
    void older(List<String> notes) {
        String source = "an older checkpoint";
        for (String note : notes) {
            try {
                if (Checkpoint.parse(SignedNote.parse(note).text()).origin().equals(facts.origin())) {
                    compare(Checkpoint.verified(note, facts.keys()), source);
                }
            } catch (NoteException e) {
                general(source + ": " + e.getMessage());
            }
        }
    }

    private void compare(Checkpoint known, String source) {
        if (known.size() > signed.size()) {
            general("the log was rolled back: " + source + " covers " + known.size() + " entries, the published one "
                    + signed.size());
        } else if (known.size() == signed.size() && !known.root().equals(signed.root())) {
            general(source + " and the published one disagree on the root of " + signed.size());
        } else {
            tiles.expect(known.size(), known.root(), source);
        }
    }

    private void general(String message) {
        problems.accept(Problem.general(message));
    }
}
