package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.SigningKey;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Signs and keeps checkpoints. Beside the published one there is a copy under its size, so that replacing it by an
 * older one shows; the copies of each day's first and of those at which segments were dropped stay.
 */
public final class Checkpoints {

    private final LogFiles files;
    private final LedgerDirectory directory;
    private final SigningKey key;
    private final Clock clock;
    private @Nullable Path passing;
    private @Nullable LocalDate keptDay;

    Checkpoints(LogFiles files, LedgerDirectory directory, SigningKey key, Clock clock) {
        this.files = files;
        this.directory = directory;
        this.key = key;
        this.clock = clock;
    }

    /**
     * The published checkpoint with its signature checked, if there is one.
     *
     * @throws LedgerException when it does not hold, or when the log once signed more than it says
     */
    static Optional<Checkpoint> published(LedgerDirectory directory, VerifierKey key) throws IOException {
        Optional<String> note = directory.publishedNote();
        Optional<Checkpoint> checkpoint =
                note.isEmpty() ? Optional.empty() : Optional.of(verified(directory.checkpoint(), note.get(), key));
        long size = checkpoint.map(Checkpoint::size).orElse(0L);
        for (Path copy : copies(directory)) {
            String text = Files.readString(copy);
            if (!text.isEmpty() && verified(copy, text, key).size() > size) {
                throw new LedgerException(
                        "acknowledged data is missing: " + copy + " was signed, the checkpoint says " + size);
            }
        }
        return checkpoint;
    }

    /** The copies, smallest size first. One may be empty after a crash: it is not flushed. */
    public static List<Path> copies(LedgerDirectory directory) throws IOException {
        try (Stream<Path> found = Files.list(directory.checkpoints())) {
            return found.filter(file -> file.getFileName().toString().matches("[0-9]{16}"))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return new ArrayList<>();
        }
    }

    private static Checkpoint verified(Path file, String note, VerifierKey key) throws LedgerException {
        try {
            return Checkpoint.verified(note, key);
        } catch (NoteException e) {
            throw new LedgerException(file + ": " + e.getMessage());
        }
    }

    /** Signs the tree and makes that durable, before anything that it replaces goes. */
    void publish(long size, Bytes root, boolean keep) throws IOException {
        byte[] note = key.sign(new Checkpoint(key.verifier().name(), size, root).text())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        files.replace(directory.checkpoint(), note);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        boolean stays = keep || !today.equals(keptDay);
        Path copy = directory.checkpoints().resolve("%016d".formatted(size));
        if (stays) {
            files.replace(copy, note);
        } else {
            files.write(copy, note, false);
        }
        if (passing != null && !passing.equals(copy)) {
            files.deleteIfThere(passing);
        }
        passing = stays ? null : copy;
        keptDay = today;
    }
}
