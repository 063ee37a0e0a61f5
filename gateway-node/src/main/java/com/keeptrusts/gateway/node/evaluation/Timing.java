package com.keeptrusts.gateway.node.evaluation;

import java.nio.charset.StandardCharsets;
import org.HdrHistogram.Histogram;

/** How long texts took, in a constant amount of memory. Wall-clock time of one thread. */
final class Timing {

    private static final double NANOS_PER_MICRO = 1_000;
    private static final long LONGEST = 3_600_000_000_000L;
    private static final int DIGITS = 3;
    private static final double KIBIBYTE = 1_024;
    /** Texts shorter than this say little about the time for a kibibyte. */
    private static final int WORTH_SCALING = 512;

    private final Histogram perText = new Histogram(LONGEST, DIGITS);
    private final Histogram perKibibyte = new Histogram(LONGEST, DIGITS);
    private long nanos;
    private long bytes;

    void took(String text, long tookNanos) {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        nanos += tookNanos;
        bytes += size;
        perText.recordValue(Math.min(tookNanos, LONGEST));
        if (size >= WORTH_SCALING) {
            perKibibyte.recordValue(Math.min((long) (tookNanos * KIBIBYTE / size), LONGEST));
        }
    }

    static double micros(long nanos) {
        return nanos / NANOS_PER_MICRO;
    }

    Table table() {
        return new Table("Time in microseconds", "of", "texts", "mean", "p50", "p99", "max")
                .row(
                        "a KiB of all texts",
                        perText.getTotalCount(),
                        bytes == 0 ? Table.NONE : micros(nanos) / (bytes / KIBIBYTE),
                        Table.NONE,
                        Table.NONE,
                        Table.NONE)
                .row(row("a text", perText))
                .row(row("a KiB of texts of 512 bytes or more", perKibibyte));
    }

    private static Object[] row(String name, Histogram histogram) {
        return new Object[] {
            name,
            histogram.getTotalCount(),
            histogram.getMean() / NANOS_PER_MICRO,
            micros(histogram.getValueAtPercentile(50)),
            micros(histogram.getValueAtPercentile(99)),
            micros(histogram.getMaxValue())
        };
    }
}
