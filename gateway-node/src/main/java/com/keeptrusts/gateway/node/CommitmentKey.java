package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/**
 * The secret of this node from which the commitments in audit entries are derived, made at its first start and readable
 * by its owner alone. Whoever has it can test guesses of a text against a commitment; nobody else can.
 */
final class CommitmentKey {

    private static final int LENGTH = 32;

    private CommitmentKey() {}

    static Bytes in(Path dataDir) {
        Path file = dataDir.resolve("keys").resolve("commitment.key");
        try {
            Files.createDirectories(dataDir.resolve("keys"));
            if (!Files.exists(file)) {
                create(file);
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length != LENGTH) {
                throw new IllegalStateException(file + ": " + key.length + " bytes (expected: " + LENGTH + ")");
            }
            return Bytes.owning(key);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "--data-dir " + dataDir + ": cannot be written (expected: a folder of this process)", e);
        }
    }

    private static void create(Path file) throws IOException {
        byte[] key = new byte[LENGTH];
        new SecureRandom().nextBytes(key);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
            channel.write(java.nio.ByteBuffer.wrap(key));
        } catch (FileAlreadyExistsException _) {
            // another process on this folder was first; its key is read
        }
    }
}
