package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

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

    /** On the disk before anyone commits with it, and never half there: without it no commitment could be checked. */
    private static void create(Path file) throws IOException {
        byte[] key = new byte[LENGTH];
        new SecureRandom().nextBytes(key);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path fresh = Files.createTempFile(file.resolveSibling("."), "commitment", ".new", owner);
        try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(key));
            channel.force(true);
        }
        try {
            Files.move(fresh, file);
        } catch (FileAlreadyExistsException _) {
            Files.delete(fresh); // another process on this folder was first; its key is read
        }
        try (var names = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
