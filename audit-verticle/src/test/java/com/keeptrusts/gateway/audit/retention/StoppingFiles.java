package com.keeptrusts.gateway.audit.retention;

import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.audit.segment.FlushFailedException;
import com.keeptrusts.gateway.audit.segment.LogFile;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A real disk on which nothing changes any more after so many changes, as when the process was killed there. */
final class StoppingFiles implements LogFiles {

    private final DiskFiles disk = new DiskFiles();
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

    void stopAfter(long changes) {
        left.set(changes);
    }

    boolean hasStopped() {
        return left.get() < 0;
    }

    private void change() throws IOException {
        if (left.decrementAndGet() < 0) {
            throw new IOException("stopped here");
        }
    }

    @Override
    public LogFile open(Path file) throws IOException {
        change();
        LogFile real = disk.open(file);
        return new LogFile() {
            @Override
            public int write(ByteBuffer bytes, long position) throws IOException {
                change();
                return real.write(bytes, position);
            }

            @Override
            public void force() throws FlushFailedException {
                real.force();
            }

            @Override
            public void truncate(long size) throws IOException {
                change();
                real.truncate(size);
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        change();
        disk.createDirectories(directory);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        disk.forceDirectory(directory);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        change();
        disk.move(from, to);
    }

    @Override
    public void deleteIfThere(Path file) throws IOException {
        change();
        disk.deleteIfThere(file);
    }

    @Override
    public long usableBytes(Path directory) {
        return disk.usableBytes(directory);
    }

    @Override
    public long totalBytes(Path directory) {
        return disk.totalBytes(directory);
    }
}
