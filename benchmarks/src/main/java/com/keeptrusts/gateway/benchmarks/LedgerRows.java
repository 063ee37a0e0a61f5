package com.keeptrusts.gateway.benchmarks;

import com.keeptrusts.gateway.benchmarks.ledger.LedgerBenchmark;
import com.keeptrusts.gateway.benchmarks.ledger.LedgerFigures;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The ledger's rows, which need neither an upstream nor a gateway: a log in this process, and the disk of the repository. */
final class LedgerRows {

    private final Path home;
    private final int rounds;
    private final Duration length;
    private final PrintWriter progress;
    private final double loadAtStart =
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();

    LedgerRows(Path home, int rounds, Duration length, PrintWriter progress) {
        this.home = home;
        this.rounds = rounds;
        this.length = length;
        this.progress = progress;
    }

    /** Measures; writes docs/ledger-benchmark.md as well if asked to. */
    List<Figure> measure(boolean write) throws IOException {
        LedgerFigures figures = figures();
        if (write) {
            Files.writeString(home.resolve("docs/ledger-benchmark.md"), page(figures));
        }
        progress.println(figures.table());
        progress.flush();
        return List.of(
                new Figure(
                        "ledger, 1,000 entries/s: p99 acknowledged over p50 of a bare flush",
                        "x",
                        Budget.atMost(4, 4),
                        figures.ratio(),
                        "median of the rounds " + FigureTable.number(figures.medianRatio()) + ", best "
                                + FigureTable.number(figures.bestRatio())),
                new Figure(
                        "ledger: most entries",
                        "1,000/s",
                        Budget.atLeast(10, 100),
                        figures.mostPerSecond() / 1_000,
                        "median of the rounds"));
    }

    private LedgerFigures figures() throws IOException {
        try {
            Path place = home.resolve("benchmarks").resolve("target");
            return new LedgerBenchmark(place, rounds, length, line -> {
                        progress.println(line);
                        progress.flush();
                    })
                    .measure();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring the ledger", e);
        }
    }

    private String page(LedgerFigures figures) {
        return """
                # What an acknowledgement costs

                Written by `./kt test --bench --only ledger --rounds %d --seconds %s --write` on %s. %s, load average %s at
                the start%s.

                An entry of one kilobyte is acknowledged when its group is flushed. Entries are due at fixed times, whatever
                becomes of earlier ones, and each counts from when it was due. Between any two stretches of load stand bare
                flushes of the same disk. Checkpoints are signed and tiles published every second meanwhile, as in the
                gateway. Milliseconds:

                %s
                The p99 of an acknowledgement at 1,000 entries/s is **%s times** the p50 of a bare flush (budget on a quiet
                machine: 4). Round by round, with the flushes around it: median %s, best %s.

                As many as go, 4,096 under way: %,.0f entries/s.
                """.formatted(
                        rounds,
                        FigureTable.number(length.toMillis() / 1_000.0),
                        LocalDate.now(ZoneOffset.UTC),
                        Machine.described(),
                        FigureTable.number(loadAtStart),
                        loadAtStart > Runtime.getRuntime().availableProcessors() / 2.0
                                ? ": the machine was busy with other things, these figures are not to be quoted"
                                : "",
                        figures.table(),
                        FigureTable.number(figures.ratio()),
                        FigureTable.number(figures.medianRatio()),
                        FigureTable.number(figures.bestRatio()),
                        figures.mostPerSecond());
    }
}
