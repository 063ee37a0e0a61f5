package com.keeptrusts.gateway.benchmarks.load;

import org.HdrHistogram.Histogram;

/** A distribution of times in milliseconds; zeros where nothing was measured. */
public record Percentiles(long count, double mean, double p50, double p90, double p99, double p999, double max) {

    static Percentiles ofNanos(Histogram nanos) {
        return new Percentiles(
                nanos.getTotalCount(),
                nanos.getMean() / 1e6,
                nanos.getValueAtPercentile(50) / 1e6,
                nanos.getValueAtPercentile(90) / 1e6,
                nanos.getValueAtPercentile(99) / 1e6,
                nanos.getValueAtPercentile(99.9) / 1e6,
                nanos.getMaxValue() / 1e6);
    }
}
