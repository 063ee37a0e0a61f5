package com.keeptrusts.gateway.audit.postgres;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LogCopy;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Writes what the database has of a log as a directory: tiles, {@code log.json} and the newest checkpoint. */
final class DirectoryCopy {

    private final LogFiles disk;
    private final LedgerDirectory directory;

    DirectoryCopy(LogFiles disk, LedgerDirectory directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /**
     * Reads the log once, a page of entries at a time. {@code log.json} comes last, so what a crash leaves is no log.
     *
     * @throws LedgerException when the entries are not those that the checkpoint signs
     */
    void write(LogRegister.Known known, LogRegister register, Sessions sessions) throws IOException {
        disk.createDirectories(directory.checkpoints());
        Path facts = directory.path().resolve("log.json.copied");
        disk.replace(facts, known.document().getBytes(StandardCharsets.UTF_8));
        LogFacts log = LogFacts.read(facts);
        Optional<String> note = register.newestNote(known.writer());
        if (note.isPresent()) {
            tiles(log, known, note.get(), register, sessions);
            disk.deleteIfThere(facts);
        } else {
            disk.move(facts, directory.facts());
            disk.forceDirectory(directory.path());
        }
    }

    private void tiles(LogFacts log, LogRegister.Known known, String note, LogRegister register, Sessions sessions)
            throws IOException {
        try (LogReader leaves =
                LogReader.open(sessions.readers(), sessions.settings().commit(), known.writer(), log.origin(), 0)) {
            Checkpoint checkpoint = Checkpoint.verified(note, log.keys());
            new LogCopy(disk, directory)
                    .write(
                            known.document(),
                            sessions.told(),
                            register.pruned(known.writer()),
                            leaves,
                            checkpoint,
                            note);
        } catch (NoteException e) {
            throw new LedgerException("log " + log.origin() + ": checkpoint in the database: " + e.getMessage());
        }
    }
}
