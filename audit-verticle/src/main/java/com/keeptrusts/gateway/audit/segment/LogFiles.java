package com.keeptrusts.gateway.audit.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Every change that a log makes to a disk, so that tests can let each of them fail. */
public interface LogFiles {

    /** Opens for writing, creating the file when it is not there. */
    LogFile open(Path file) throws IOException;

    void createDirectories(Path directory) throws IOException;

    /** Makes the names in a directory durable. */
    void forceDirectory(Path directory) throws IOException;

    /** Atomically, replacing the target. */
    void move(Path from, Path to) throws IOException;

    void deleteIfThere(Path file) throws IOException;

    /** What may still be written; 0 when that cannot be told. */
    long usableBytes(Path directory);

    long totalBytes(Path directory);

    /** Creates or replaces a whole file. Readers see the old or the new bytes; on return the new ones are durable. */
    default void replace(Path file, byte[] bytes) throws IOException {
        write(file, bytes, true);
        forceDirectory(file.resolveSibling("."));
    }

    /** As {@link #replace}, without the flush of the directory, which the caller does for many files at once. */
    default void write(Path file, byte[] bytes, boolean durable) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (LogFile out = open(fresh)) {
            out.truncate(0);
            out.writeFully(ByteBuffer.wrap(bytes), 0);
            if (durable) {
                out.force();
            }
        }
        move(fresh, file);
    }
}
