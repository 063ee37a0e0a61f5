package com.keeptrusts.gateway.audit.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One file that is written at given positions. */
public interface LogFile extends Closeable {

    /** May write less than asked, as the operating system may; the buffer's position tells. */
    int write(ByteBuffer bytes, long position) throws IOException;

    /**
     * Returns when everything written is on the disk.
     *
     * @throws FlushFailedException after which nothing is known about what was written since the last flush
     */
    void force() throws FlushFailedException;

    void truncate(long size) throws IOException;

    /** Writes all of the buffer or throws. */
    default void writeFully(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            int written = write(bytes, at);
            if (written <= 0) {
                throw new IOException("nothing could be written");
            }
            at += written;
        }
    }
}
