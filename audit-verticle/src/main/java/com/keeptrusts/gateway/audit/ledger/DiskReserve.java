package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Tells before the disk is full that it soon will be: below 1 GiB or 5 % free, whichever is less. One thread asks. */
final class DiskReserve {

    private static final long GIB = 1L << 30;
    private static final long ASK_EVERY = TimeUnit.MILLISECONDS.toNanos(100);

    private final LogFiles files;
    private final Path directory;
    private final long reserve;
    private long asked;
    private boolean reached;

    DiskReserve(LogFiles files, Path directory) {
        this.files = files;
        this.directory = directory;
        this.reserve = Math.min(GIB, files.totalBytes(directory) / 20);
        this.asked = System.nanoTime() - ASK_EVERY;
    }

    boolean reached() {
        long now = System.nanoTime();
        if (now - asked >= ASK_EVERY) {
            asked = now;
            reached = files.usableBytes(directory) < reserve;
        }
        return reached;
    }
}
