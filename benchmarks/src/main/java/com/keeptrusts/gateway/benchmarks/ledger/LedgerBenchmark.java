package com.keeptrusts.gateway.benchmarks.ledger;

import com.keeptrusts.gateway.audit.ledger.Ledger;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Measures a ledger as the gateway opens it, checkpoints and all. In every round each rate stands between two stretches
 * of bare flushes on the same disk, so that what others do to the disk meanwhile is in both.
 */
public final class LedgerBenchmark {

    /** Entries per second. */
    public static final List<Integer> RATES = List.of(100, 1_000, 10_000);

    private static final int FLUSHES = 250;
    private static final int MOST_ENTRIES = 60_000;
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private final Path place;
    private final int rounds;
    private final Duration length;
    private final Consumer<String> progress;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Histogram bare = histogram();
    private final Map<Integer, Histogram> acknowledged = new TreeMap<>();
    private final List<Double> most = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

    /**
     * Measures nothing yet.
     *
     * @param place a directory on the disk that is meant; what is written there goes again
     * @param length of one rate in one round
     */
    public LedgerBenchmark(Path place, int rounds, Duration length, Consumer<String> progress) {
        this.place = place;
        this.rounds = rounds;
        this.length = length;
        this.progress = progress;
    }

    /** Runs all rounds; blocks for about rounds times three lengths. */
    public LedgerFigures measure() throws IOException, InterruptedException {
        Files.createDirectories(place);
        Path folder = Files.createTempDirectory(place, "ledger-benchmark");
        try (Ledger ledger = open(folder)) {
            AppendLoad.most(ledger, MOST_ENTRIES);
            awaitPublished();
            AppendLoad.openLoop(ledger, 1_000, WARM_UP, histogram());
            for (int round = 0; round < rounds; round++) {
                round(folder, ledger);
            }
        } finally {
            delete(folder);
        }
        return new LedgerFigures(bare, acknowledged, most, ratios);
    }

    private void round(Path folder, Ledger ledger) throws IOException, InterruptedException {
        Histogram flushes = histogram();
        for (int rate : RATES) {
            awaitPublished();
            BareFlush.measure(folder.resolve("bare"), FLUSHES, flushes);
            Histogram here = histogram();
            AppendLoad.openLoop(ledger, rate, length, here);
            acknowledged.computeIfAbsent(rate, _ -> histogram()).add(here);
            if (rate == LedgerFigures.RATE) {
                BareFlush.measure(folder.resolve("bare"), FLUSHES, flushes);
                ratios.add(here.getValueAtPercentile(99) / (double) flushes.getValueAtPercentile(50));
                progress.accept("ledger: %,d/s p99 %.2f ms, bare flush p50 %.2f ms"
                        .formatted(rate, here.getValueAtPercentile(99) / 1e6, flushes.getValueAtPercentile(50) / 1e6));
            }
        }
        most.add(AppendLoad.most(ledger, MOST_ENTRIES));
        bare.add(flushes);
        awaitPublished();
    }

    /** What a stretch of load leaves to be published is not the next one's. */
    private void awaitPublished() {
        while (meters.get("keeptrusts.audit.lag").gauge().value() > 0) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private Ledger open(Path folder) throws IOException {
        var options = LedgerOptions.of("benchmark", meters);
        return Ledger.open(folder.resolve("writer"), options, Runnable::run, () -> {});
    }

    private static Histogram histogram() {
        return new ConcurrentHistogram(3);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
