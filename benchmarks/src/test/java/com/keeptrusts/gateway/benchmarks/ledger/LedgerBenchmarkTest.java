package com.keeptrusts.gateway.benchmarks.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerBenchmarkTest {

    @TempDir
    private Path place;

    @Test
    void theRatioIsTheSlowestHundredthOverTheMedianFlush() {
        var bare = new Histogram(3);
        var acknowledged = new Histogram(3);
        bare.recordValueWithCount(200_000, 100);
        acknowledged.recordValueWithCount(300_000, 980);
        acknowledged.recordValueWithCount(900_000, 20);

        var figures =
                new LedgerFigures(bare, Map.of(1_000, acknowledged), List.of(5.0, 7.0, 6.0), List.of(4.0, 2.0, 3.0));

        assertThat(figures.ratio()).isBetween(4.49, 4.51);
        assertThat(figures.mostPerSecond()).isEqualTo(6.0);
        assertThat(figures.bestRatio()).isEqualTo(2.0);
        assertThat(figures.medianRatio()).isEqualTo(3.0);
        assertThat(figures.table()).contains("| acknowledged at 1,000 entries/s | 0.30 | 0.30 | 0.90 |");
    }

    @Test
    void everyRateIsMeasuredOnARealLedgerAndNothingStays() throws Exception {
        List<String> told = new ArrayList<>();

        LedgerFigures figures = new LedgerBenchmark(place, 1, Duration.ofMillis(100), told::add).measure();

        assertThat(figures.acknowledged()).containsOnlyKeys(LedgerBenchmark.RATES);
        figures.acknowledged()
                .forEach((rate, nanos) -> assertThat(nanos.getTotalCount()).isEqualTo(rate / 10));
        assertThat(figures.bare().getTotalCount()).isPositive();
        assertThat(told).hasSize(1);
        try (var left = Files.list(place)) {
            assertThat(left).isEmpty();
        }
    }
}
