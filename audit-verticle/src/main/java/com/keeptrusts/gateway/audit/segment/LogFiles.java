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
        Path fresh = fresh(file);
        try (LogFile out = create(fresh, bytes)) {
            out.force();
        }
        move(fresh, file);
        forceDirectory(file.resolveSibling("."));
    }

    /** As {@link #replace}, with no promise that it is durable. */
    default void write(Path file, byte[] bytes) throws IOException {
        Path fresh = fresh(file);
        create(fresh, bytes).close();
        move(fresh, file);
    }

    /** Under which name a file is written before it is moved to its own. */
    static Path fresh(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    /** A file of just these bytes, not flushed and open. */
    default LogFile create(Path file, byte[] bytes) throws IOException {
        LogFile out = open(file);
        try {
            out.truncate(0);
            out.writeFully(ByteBuffer.wrap(bytes), 0);
            return out;
        } catch (IOException | RuntimeException e) {
            out.close();
            throw e;
        }
    }
}
