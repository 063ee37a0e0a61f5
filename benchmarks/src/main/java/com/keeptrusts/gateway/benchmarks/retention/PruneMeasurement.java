package com.keeptrusts.gateway.benchmarks.retention;

import com.keeptrusts.gateway.audit.ledger.EntryId;
import com.keeptrusts.gateway.audit.ledger.Ledger;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.retention.Keeping;
import com.keeptrusts.gateway.audit.retention.Pruned;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Writes a log of so many entries of an old day, then prunes it with the clock set forward, and prints what each step
 * took. Run by {@code ./kt test --bench --prune [entries] [bytes of an entry] [directory]} in a small heap, so that
 * finishing at all shows that memory does not grow with the log.
 */
public final class PruneMeasurement {

    private static final Instant OLD = Instant.parse("2025-01-10T08:00:00Z");
    private static final int UNDER_WAY = 2_048;
    private static final int CALL = 8;
    private static final double MEBI = 1024.0 * 1024;

    private final PrintStream out;
    private final Path place;
    private volatile String refusal = "";
    private final AtomicLong mostHeap = new AtomicLong();

    private PruneMeasurement(PrintStream out, Path place) {
        this.out = out;
        this.place = place;
    }

    public static void main(String[] arguments) throws Exception {
        long entries = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
        int bytes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_024;
        Path above = Path.of(arguments.length > 2 ? arguments[2] : System.getProperty("java.io.tmpdir"));
        Path place = Files.createTempDirectory(above, "prune-measurement");
        try {
            new PruneMeasurement(System.out, place).run(entries, bytes);
        } finally {
            delete(place);
        }
    }

    private void run(long entries, int bytes) throws Exception {
        Thread watch = Thread.ofPlatform().daemon().start(this::watchHeap);
        out.printf(
                Locale.ROOT, "heap of at most %.0f MiB%n", Runtime.getRuntime().maxMemory() / MEBI);
        long start = System.nanoTime();
        write(entries, bytes);
        out.printf(Locale.ROOT, "written: %,d entries of %,d bytes in %.0f s%n", entries, bytes, seconds(start));
        size("before");
        start = System.nanoTime();
        Pruned pruned = prune();
        out.printf(Locale.ROOT, "pruned: %s in %.0f s%n", pruned.line(), seconds(start));
        size("after");
        start = System.nanoTime();
        int code = new LedgerVerification().verify(place).exitCode();
        out.printf(Locale.ROOT, "verified what is left: exit code %d in %.1f s%n", code, seconds(start));
        watch.interrupt();
        out.printf(Locale.ROOT, "most heap in use: %.0f MiB%n", mostHeap.get() / MEBI);
    }

    private void write(long entries, int bytes) throws IOException, InterruptedException {
        var underWay = new Semaphore(UNDER_WAY);
        try (Ledger ledger = open(OLD)) {
            for (long n = 0; n < entries && refusal.isEmpty(); n += CALL) {
                var call = new ArrayList<AuditEntry>();
                for (long i = n; i < Math.min(entries, n + CALL); i++) {
                    call.add(entry(i, bytes));
                }
                underWay.acquire();
                ledger.append(call, Duration.ofMinutes(1), answer -> {
                    if (answer instanceof AppendAnswer.AppendRefused refused) {
                        refusal = refused.reason();
                    }
                    underWay.release();
                });
            }
            underWay.acquire(UNDER_WAY);
        }
        if (!refusal.isEmpty()) {
            throw new IOException("an append was refused: " + refusal);
        }
    }

    private Pruned prune() throws IOException {
        try (Ledger ledger = open(OLD.plus(Duration.ofDays(400)))) {
            return new Keeping(ledger).prune(365);
        }
    }

    private Ledger open(Instant at) throws IOException {
        LedgerOptions options =
                LedgerOptions.of("measured", new SimpleMeterRegistry()).withClock(Clock.fixed(at, ZoneOffset.UTC));
        return Ledger.open(place.resolve("writer-0"), options, Runnable::run, () -> {});
    }

    private static AuditEntry entry(long n, int bytes) {
        String id = EntryId.at(OLD.toEpochMilli());
        String type = "measured";
        String head = "{\"id\":\"" + id + "\",\"n\":" + n + ",\"pad\":\"";
        String tail = "\",\"t\":\"" + OLD + "\",\"type\":\"" + type + "\",\"v\":1}";
        String pad = "x".repeat(Math.max(0, bytes - head.length() - tail.length()));
        return new AuditEntry(id, null, type, Bytes.owning((head + pad + tail).getBytes(StandardCharsets.UTF_8)));
    }

    private void size(String when) throws IOException {
        long[] found = new long[2];
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file)) {
                    found[0]++;
                    found[1] += Files.size(file);
                }
            }
        }
        out.printf(Locale.ROOT, "%s: %,d files, %,.1f MiB%n", when, found[0], found[1] / MEBI);
    }

    private void watchHeap() {
        Runtime runtime = Runtime.getRuntime();
        try {
            while (true) {
                long used = runtime.totalMemory() - runtime.freeMemory();
                mostHeap.accumulateAndGet(used, Math::max);
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void delete(Path place) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(place)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
