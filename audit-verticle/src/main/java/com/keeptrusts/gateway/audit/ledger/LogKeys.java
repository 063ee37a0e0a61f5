package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.SignedNote;
import com.keeptrusts.gateway.audit.note.SigningKey;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.segment.LogFile;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The private keys of a log: the first in {@code key.pem}, each later one in {@code key-<id>.pem}, readable by their
 * owner only. While the overlap of a rotation lasts, the key before signs beside the present one; then it is deleted.
 * Thread-safe.
 */
final class LogKeys {

    private final LogFiles files;
    private final LedgerDirectory directory;
    private final Clock clock;
    private volatile Signers signers;

    /** Who signs: {@code before} until its moment. */
    private record Signers(SigningKey now, @Nullable SigningKey before, Instant until) {}

    private LogKeys(LogFiles files, LedgerDirectory directory, Clock clock, Signers signers) {
        this.files = files;
        this.directory = directory;
        this.clock = clock;
        this.signers = signers;
    }

    /**
     * Reads what a log signs with.
     *
     * @throws LedgerException when the key of {@code log.json} is not there
     */
    static LogKeys open(LogFiles files, LedgerDirectory directory, LogFacts facts, Clock clock) throws IOException {
        Signers signers = signers(directory, facts, clock);
        for (LogFacts.RetiredKey old : facts.retired()) {
            if (!old.signsUntil().isAfter(clock.instant())) {
                files.deleteIfThere(file(directory, old.key()));
            }
        }
        return new LogKeys(files, directory, clock, signers);
    }

    /** Where the private half of a key is, or was. */
    private static Path file(LedgerDirectory directory, VerifierKey key) {
        Path own = directory.key(key);
        return Files.exists(own) ? own : directory.key();
    }

    private static Signers signers(LedgerDirectory directory, LogFacts facts, Clock clock) throws IOException {
        SigningKey now = read(directory, facts.key());
        List<LogFacts.RetiredKey> retired = facts.retired();
        if (retired.isEmpty() || !retired.getFirst().signsUntil().isAfter(clock.instant())) {
            return new Signers(now, null, Instant.MIN);
        }
        LogFacts.RetiredKey before = retired.getFirst();
        return new Signers(now, read(directory, before.key()), before.signsUntil());
    }

    private static SigningKey read(LedgerDirectory directory, VerifierKey key) throws IOException {
        Path found = file(directory, key);
        try {
            return SigningKey.ofPem(Files.readString(found), key);
        } catch (NoteException e) {
            throw new LedgerException(found + ": " + e.getMessage());
        }
    }

    /** The name that all keys of the log have. */
    String origin() {
        return signers.now().verifier().name();
    }

    /** Text under the signatures of all keys that sign at this moment. Deletes the key whose overlap has ended. */
    SignedNote sign(String text) throws IOException {
        Signers all = signers;
        SignedNote note = all.now().sign(text);
        if (all.before() == null) {
            return note;
        }
        if (all.until().isAfter(clock.instant())) {
            return new SignedNote(
                    text, note.signatures() + all.before().sign(text).signatures());
        }
        signers = new Signers(all.now(), null, Instant.MIN);
        files.deleteIfThere(file(directory, all.before().verifier()));
        return note;
    }

    /** A fresh key of the same name, durable, which does not sign yet. */
    SigningKey prepare() throws IOException {
        SigningKey next = SigningKey.generate(origin());
        writePrivately(files, directory.key(next.verifier()), next.pem());
        files.forceDirectory(directory.path());
        return next;
    }

    /** To be called once {@code log.json} names other keys. */
    void reload(LogFacts facts) throws IOException {
        signers = signers(directory, facts, clock);
    }

    static void writePrivately(LogFiles files, Path file, String text) throws IOException {
        files.deleteIfThere(file);
        if (Files.getFileStore(file.toAbsolutePath().resolveSibling(".")).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (LogFile out = files.open(file)) {
            out.writeFully(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
            out.force();
        }
    }
}
