package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.audit.segment.LogFile;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and directories that only their owner can read. A file is there as a whole and durable, or not at all. */
final class PrivateFiles {

    private static final int LARGEST = 64 * 1024;

    private PrivateFiles() {}

    /** Replaces a file; on return its bytes and its name are on the disk. */
    static void write(LogFiles files, Path file, byte[] bytes) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        files.deleteIfThere(fresh);
        if (posix(file)) {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (LogFile out = files.open(fresh)) {
            out.truncate(0);
            out.writeFully(ByteBuffer.wrap(bytes), 0);
            out.force();
        }
        files.move(fresh, file);
        files.forceDirectory(parent(file));
    }

    /** Overwrites a file and deletes it; on return neither its bytes nor its name are on the disk. */
    static void destroy(LogFiles files, Path file) throws IOException {
        try (LogFile out = files.open(file)) {
            out.writeFully(ByteBuffer.allocate((int) Math.min(Files.size(file), LARGEST)), 0);
            out.force();
        }
        files.deleteIfThere(file);
        files.forceDirectory(parent(file));
    }

    /** Creates what is missing of a directory, durably. */
    static void directory(LogFiles files, Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path above = parent(directory);
        directory(files, above);
        files.createDirectories(directory);
        if (posix(directory)) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        files.forceDirectory(above);
    }

    private static Path parent(Path file) {
        Path above = file.toAbsolutePath().getParent();
        if (above == null) {
            throw new IllegalArgumentException(file + ": the root (expected: a place below a data directory)");
        }
        return above;
    }

    private static boolean posix(Path file) throws IOException {
        return Files.getFileStore(parent(file)).supportsFileAttributeView("posix");
    }
}
