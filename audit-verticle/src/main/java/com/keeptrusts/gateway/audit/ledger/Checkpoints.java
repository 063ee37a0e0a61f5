package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.SignedNote;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Signs and keeps checkpoints. Beside the published one there is a copy under its size, so that replacing it by an
 * older one shows; the copies of each day's first and of those at which segments were dropped stay.
 */
public final class Checkpoints {

    private static final int MOST_COUNTERSIGNATURES = 16;

    /** A space and as many characters of base64 as four bytes, the id of a key, begin. */
    private static final int KEY_ID_CHARACTERS = 1 + 5;

    private final LogFiles files;
    private final LedgerDirectory directory;
    private final LogKeys keys;
    private final Clock clock;
    private @Nullable Path passing;
    private @Nullable LocalDate keptDay;
    private @Nullable SignedNote current;
    private final Map<String, String> countersignatures = new LinkedHashMap<>();
    private volatile long telling = Long.MAX_VALUE;

    Checkpoints(LogFiles files, LedgerDirectory directory, LogKeys keys, Clock clock) {
        this.files = files;
        this.directory = directory;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The published checkpoint with its signature checked, if there is one.
     *
     * @throws LedgerException when it does not hold, or when the log once signed more than it says
     */
    static Optional<Checkpoint> published(LedgerDirectory directory, LogFacts facts) throws IOException {
        Optional<String> note = directory.publishedNote();
        Optional<Checkpoint> checkpoint =
                note.isEmpty() ? Optional.empty() : Optional.of(verified(directory.checkpoint(), note.get(), facts));
        long size = checkpoint.map(Checkpoint::size).orElse(0L);
        for (Path copy : copies(directory)) {
            String text = Files.readString(copy);
            if (!text.isEmpty() && verified(copy, text, facts).size() > size) {
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

    private static Checkpoint verified(Path file, String note, LogFacts facts) throws LedgerException {
        try {
            return Checkpoint.verified(note, facts.keys());
        } catch (NoteException e) {
            throw new LedgerException(file + ": " + e.getMessage());
        }
    }

    /** Lets the copy of the next checkpoint over this entry stay, so that what it tells is provable for ever. */
    void keepOver(long index) {
        telling = index;
    }

    /** Signs the tree and makes that durable, before anything that it replaces goes. */
    synchronized void publish(long size, Bytes root, boolean keep) throws IOException {
        boolean tells = size > telling; // before signing, for a new key signs what tells of it
        SignedNote signed = keys.sign(new Checkpoint(keys.origin(), size, root).text());
        byte[] note = signed.toString().getBytes(StandardCharsets.UTF_8);
        current = null;
        files.replace(directory.checkpoint(), note);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        boolean stays = keep || tells || !today.equals(keptDay);
        Path copy = directory.checkpoints().resolve("%016d".formatted(size));
        if (stays) {
            files.replace(copy, note);
        } else {
            files.write(copy, note);
        }
        if (passing != null && !passing.equals(copy)) {
            files.deleteIfThere(passing);
        }
        passing = stays ? null : copy;
        keptDay = today;
        if (tells) {
            telling = Long.MAX_VALUE;
        }
        current = signed;
        countersignatures.clear();
    }

    /**
     * Adds signature lines of others, one for each name and key, to the published checkpoint and to its copy. Nothing
     * happens when another tree is published by now.
     */
    synchronized void countersign(String text, List<String> lines) throws IOException {
        SignedNote own = current;
        if (own == null || !own.text().equals(text) || lines.isEmpty()) {
            return;
        }
        for (String line : lines) {
            String signer = line.substring(0, Math.min(line.length(), line.lastIndexOf(' ') + KEY_ID_CHARACTERS));
            if (countersignatures.containsKey(signer) || countersignatures.size() < MOST_COUNTERSIGNATURES) {
                countersignatures.put(signer, line.strip() + "\n");
            }
        }
        byte[] note =
                own.with(String.join("", countersignatures.values())).toString().getBytes(StandardCharsets.UTF_8);
        Path copy = directory.checkpoints().resolve("%016d".formatted(size(text)));
        if (copy.equals(passing)) {
            files.write(copy, note);
        } else {
            files.replace(copy, note);
        }
        files.replace(directory.checkpoint(), note);
    }

    /** From now on nothing is written: the directory may be another's. */
    synchronized void close() {
        current = null;
    }

    private static long size(String text) throws LedgerException {
        try {
            return Checkpoint.parse(text).size();
        } catch (NoteException e) {
            throw new LedgerException("checkpoint: " + e.getMessage());
        }
    }
}
