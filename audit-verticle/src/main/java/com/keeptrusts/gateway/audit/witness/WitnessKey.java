package com.keeptrusts.gateway.audit.witness;

import com.keeptrusts.gateway.audit.note.CosignerKey;
import com.keeptrusts.gateway.audit.note.CosigningKey;
import com.keeptrusts.gateway.audit.note.NoteException;
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

/** A writer's key as a witness, another than that of its log, in {@code key.pem} (its owner's alone) and {@code vkey}. */
final class WitnessKey {

    private WitnessKey() {}

    /** Reads the key of a directory, or makes one: {@code vkey} comes last, so with it the key is whole. */
    static CosigningKey in(Path directory, String name, LogFiles files) throws IOException {
        files.createDirectories(directory);
        Path secret = directory.resolve("key.pem");
        Path open = directory.resolve("vkey");
        if (Files.isRegularFile(open)) {
            return read(secret, open);
        }
        SigningKey pair = SigningKey.generate(name);
        CosigningKey key = CosigningKey.of(pair);
        writePrivately(files, secret, pair.pem());
        files.replace(open, (key.verifier() + "\n").getBytes(StandardCharsets.UTF_8));
        return key;
    }

    private static CosigningKey read(Path secret, Path open) throws IOException {
        try {
            CosignerKey known = CosignerKey.parse(Files.readString(open));
            VerifierKey verifier = VerifierKey.of(known.name(), known.key());
            return CosigningKey.of(SigningKey.ofPem(Files.readString(secret), verifier));
        } catch (NoteException e) {
            throw new LedgerException(secret + ": " + e.getMessage());
        }
    }

    private static void writePrivately(LogFiles files, Path file, String text) throws IOException {
        files.deleteIfThere(file);
        if (Files.getFileStore(file.resolveSibling(".")).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (LogFile out = files.open(file)) {
            out.writeFully(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
            out.force();
        }
    }
}
