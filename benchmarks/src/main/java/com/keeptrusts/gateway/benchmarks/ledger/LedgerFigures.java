package com.keeptrusts.gateway.benchmarks.ledger;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/**
 * What a run gave.
 *
 * @param bare nanoseconds of bare flushes
 * @param acknowledged nanoseconds from due to acknowledged, by entries per second
 * @param most entries per second, one for each round
 * @param ratios of each round: p99 at {@value #RATE} per second over the p50 of the flushes around it
 */
public record LedgerFigures(
        Histogram bare, Map<Integer, Histogram> acknowledged, List<Double> most, List<Double> ratios) {

    /** The rate that has a budget, in entries per second. */
    public static final int RATE = 1_000;

    /** The p99 of an acknowledgement over the p50 of a bare flush, over the whole run. */
    public double ratio() {
        return at(RATE).getValueAtPercentile(99) / (double) bare.getValueAtPercentile(50);
    }

    public double mostPerSecond() {
        return median(most);
    }

    /** The lowest ratio of a round: what the machine does when others leave it alone for that long. */
    public double bestRatio() {
        return ratios.stream().mapToDouble(ratio -> ratio).min().orElse(Double.NaN);
    }

    public double medianRatio() {
        return median(ratios);
    }

    /** Everything, as Markdown. */
    public String table() {
        var out = new StringBuilder("| | p50 | p90 | p99 | p99.9 | max |\n|---|---|---|---|---|---|\n");
        out.append(line("bare: 4 KiB appended, `fdatasync`", bare));
        acknowledged.forEach((rate, nanos) -> out.append(line("acknowledged at %,d entries/s".formatted(rate), nanos)));
        return out.toString();
    }

    private Histogram at(int rate) {
        return Objects.requireNonNull(acknowledged.get(rate));
    }

    private static String line(String name, Histogram nanos) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f | %.1f |%n",
                name,
                nanos.getValueAtPercentile(50) / 1e6,
                nanos.getValueAtPercentile(90) / 1e6,
                nanos.getValueAtPercentile(99) / 1e6,
                nanos.getValueAtPercentile(99.9) / 1e6,
                nanos.getMaxValue() / 1e6);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }
}
