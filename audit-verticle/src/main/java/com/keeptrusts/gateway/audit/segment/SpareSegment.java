package com.keeptrusts.gateway.audit.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A file of zeros on the disk that waits to become the next segment, made by a thread of its own. A flush of what is
 * written into such a file has no size and no blocks to record, so it does not wait for the file system's journal, in
 * which all that others write to this disk stands too. Without a spare, on a full disk say, segments grow as they are
 * written.
 */
final class SpareSegment implements Closeable {

    private static final int PIECE = 256 * 1024;
    private static final String NAME = "spare";

    /** Where less than so many times its size is free, the room is left to what must be written. */
    private static final int MUCH_MORE = 8;

    /** Between two pieces: who flushes something else on this disk waits for one piece at most. */
    private static final long PAUSE_NANOS = 20_000_000;

    private final LogFiles files;
    private final Path directory;
    private final Path file;
    private final long bytes;
    private @Nullable Thread preparing;
    private volatile boolean ready;
    private volatile boolean urgent;
    private volatile boolean closed;
    private volatile @Nullable FlushFailedException failure;

    SpareSegment(LogFiles files, Path directory, long bytes) {
        this.files = files;
        this.directory = directory;
        this.file = directory.resolve(NAME);
        this.bytes = bytes;
    }

    /** Begins to make one, unless there is one. */
    void prepare() {
        boolean underWay = preparing != null && preparing.isAlive();
        if (!underWay && !ready && files.usableBytes(directory) > MUCH_MORE * bytes) {
            urgent = false;
            preparing = Thread.ofPlatform().name("spare segment").start(this::make);
        }
    }

    /** Fails when a flush of it has: a disk that lost one thing may have lost another, and says so only once. */
    void mustBeSound() throws FlushFailedException {
        FlushFailedException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    /** It is needed soon: from now on it is made without pauses. */
    void hurry() {
        urgent = true;
    }

    boolean ready() {
        return ready;
    }

    /** The file, which is the caller's from now on; null when there is none yet. */
    @Nullable
    Path take() {
        if (!ready) {
            return null;
        }
        ready = false;
        return file;
    }

    private void make() {
        try (LogFile out = files.open(file)) {
            out.truncate(0);
            for (long at = 0; at < bytes && !closed; at += PIECE) {
                if (at > 0 && !urgent) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                fill(out, at, Math.min(at + PIECE, bytes));
            }
            ready = !closed;
        } catch (FlushFailedException e) {
            failure = e;
            remove();
        } catch (IOException e) {
            remove(); // nothing depends on it; the next one may succeed
        }
    }

    private void remove() {
        try {
            files.deleteIfThere(file);
        } catch (IOException e) {
            // it is overwritten by the next one
        }
    }

    /** Writes zeros and flushes them. */
    static void fill(LogFile out, long from, long to) throws IOException {
        out.writeFully(ByteBuffer.allocate((int) (to - from)), from);
        out.force();
    }

    @Override
    public void close() {
        closed = true;
        if (preparing != null) {
            ThreadEnd.await(preparing);
        }
        ready = false;
        remove();
    }
}
