package com.keeptrusts.gateway.audit.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The real files, which from a chosen moment on behave as a disk does that is full or broken. */
public final class FaultyFiles implements LogFiles {

    private final LogFiles disk = new DiskFiles();
    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);
    private volatile @Nullable String failing;
    private volatile String broken = "";
    private volatile boolean full;

    /** After so many more bytes a write stops short and the next one fails. */
    public void leaveRoomFor(long bytes) {
        room.set(bytes);
    }

    /** Lets every flush of a file of this name fail. */
    public void failFlushesOf(String name) {
        broken = name;
    }

    /** Lets the next flush fail, whichever it is: for what one thread alone writes. */
    public void failFlushes() {
        failNextFlushOf("");
    }

    /** Lets the next flush of a file whose name ends so fail, and those after it succeed. */
    public void failNextFlushOf(String ending) {
        failing = ending;
    }

    /** Lets the operating system report that nothing is left. */
    public void reportFull(boolean full) {
        this.full = full;
    }

    @Override
    public LogFile open(Path file) throws IOException {
        LogFile real = disk.open(file);
        return new LogFile() {
            @Override
            public int write(ByteBuffer bytes, long position) throws IOException {
                if (room.get() <= 0) {
                    throw new IOException("No space left on device");
                }
                if (file.endsWith("spare")) {
                    return real.write(bytes, position); // made at any time: would take the room that a test counts on
                }
                ByteBuffer fitting = bytes.slice(bytes.position(), (int) Math.min(room.get(), bytes.remaining()));
                int written = real.write(fitting, position);
                bytes.position(bytes.position() + written);
                room.addAndGet(-written);
                return written;
            }

            @Override
            public void force() throws FlushFailedException {
                if (file.endsWith(broken) && !broken.isEmpty()) {
                    throw new FlushFailedException(new IOException("Input/output error"));
                }
                failIfBroken(file);
                real.force();
            }

            @Override
            public void truncate(long size) throws IOException {
                real.truncate(size);
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }

    private void failIfBroken(Path file) throws FlushFailedException {
        String ending = failing;
        if (ending != null && file.toString().endsWith(ending)) {
            failing = null; // as a kernel does: reported once
            throw new FlushFailedException(new IOException("Input/output error"));
        }
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        disk.forceDirectory(directory);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        disk.move(from, to);
    }

    @Override
    public void deleteIfThere(Path file) throws IOException {
        disk.deleteIfThere(file);
    }

    @Override
    public long usableBytes(Path directory) {
        return full ? 0 : disk.usableBytes(directory);
    }

    @Override
    public long totalBytes(Path directory) {
        return disk.totalBytes(directory);
    }
}
