package com.keeptrusts.gateway.audit.content;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** Keeps the keys of a data directory for one process, so that none is used from memory that another has deleted. */
final class ContentLock implements Closeable {

    private final FileChannel channel;

    private ContentLock(FileChannel channel) {
        this.channel = channel;
    }

    static ContentLock take(ContentPlace place) throws IOException {
        FileChannel channel = FileChannel.open(place.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock taken = channel.tryLock();
            if (taken != null) {
                return new ContentLock(channel);
            }
        } catch (OverlappingFileLockException _) {
            // another store of this process has it
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new ContentInUseException(place.keys() + ": in use by a running gateway");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
