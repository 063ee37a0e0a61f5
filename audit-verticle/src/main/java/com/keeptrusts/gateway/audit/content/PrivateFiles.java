package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.audit.segment.LogFile;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Files and directories that only their owner can read. A file is there as a whole and durable, or not at all. */
final class PrivateFiles {

    private static final int LARGEST = 64 * 1024;

    private PrivateFiles() {}

    /** Replaces a file; on return its bytes and its name are on the disk. */
    static void write(LogFiles files, Path file, byte[] bytes) throws IOException {
        Path fresh = fresh(file);
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

    /** Overwrites and deletes a file, and what {@link #write} left of it; on return neither bytes nor name are there. */
    static void destroy(LogFiles files, Path file) throws IOException {
        for (Path each : List.of(file, fresh(file))) {
            if (Files.exists(each)) {
                try (LogFile out = files.open(each)) {
                    out.writeFully(ByteBuffer.allocate((int) Math.min(Files.size(each), LARGEST)), 0);
                    out.force();
                }
                files.deleteIfThere(each);
                files.forceDirectory(parent(each));
            }
        }
    }

    private static Path fresh(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
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
