package com.keeptrusts.gateway.benchmarks.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.HdrHistogram.Histogram;

/** What the disk itself takes: 4 KiB appended to a file that grows, then {@code fdatasync}, one after the other. */
final class BareFlush {

    private static final int BYTES = 4_096;

    private BareFlush() {}

    /** Adds the times of so many flushes, in nanoseconds. */
    static void measure(Path file, int flushes, Histogram nanos) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (int i = 0; i < flushes; i++) {
                long start = System.nanoTime();
                out.write(bytes.clear(), (long) BYTES * i);
                out.force(false);
                nanos.recordValue(System.nanoTime() - start);
            }
        }
    }
}
