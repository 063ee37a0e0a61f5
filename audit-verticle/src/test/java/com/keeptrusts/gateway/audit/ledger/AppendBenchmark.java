package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AuditEntry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * What an acknowledgement costs on the disk of a directory: open loop at fixed rates, latency from the moment an entry
 * was due (so that a stall counts for all that it holds up), and as many as go, beside the bare flush of the same disk.
 * Arguments: a directory; the window in microseconds; seconds for each row; checkpoints every so many milliseconds.
 */
final class AppendBenchmark {

    private static final int BARE_FLUSHES = 500;

    private AppendBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        Path place = Files.createTempDirectory(Path.of(arguments[0]), "append-benchmark");
        long windowMicros = Long.parseLong(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        var options = LedgerOptions.of("n1", new SimpleMeterRegistry())
                .withWindow(Duration.ofNanos(1_000 * windowMicros))
                .withCheckpointEvery(Duration.ofMillis(Long.parseLong(arguments[3])));
        out.printf("window %d us; latencies in ms: p50 p99 p99.9 max%n", windowMicros);
        out.printf("bare flush of 1 KiB  %s%n", bareFlush(place));
        for (int rate : new int[] {100, 1_000, 10_000}) {
            try (TestLedger ledger = TestLedger.open(place.resolve("at-" + rate), options)) {
                openLoop(ledger, rate, 1);
                out.printf("%,d entries/s  %s%n", rate, openLoop(ledger, rate, seconds));
            }
        }
        try (TestLedger ledger = TestLedger.open(place.resolve("most"), options)) {
            out.printf("as many as go: %,d entries/s%n", most(ledger, seconds));
        }
        out.printf("bare flush again  %s%n", bareFlush(place));
        delete(place);
    }

    private static String bareFlush(Path place) throws IOException {
        long[] nanos = new long[BARE_FLUSHES];
        try (FileChannel file =
                FileChannel.open(place.resolve("bare"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                file.write(ByteBuffer.allocate(1_024), 1_024L * i);
                file.force(false);
                nanos[i] = System.nanoTime() - start;
            }
        }
        return percentiles(nanos);
    }

    private static String openLoop(TestLedger ledger, int rate, int seconds) throws InterruptedException {
        int count = rate * seconds;
        List<AuditEntry> entries = entries(count);
        var nanos = new AtomicLongArray(count);
        var answered = new Semaphore(0);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + TimeUnit.SECONDS.toNanos(1) * i / rate;
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            int at = i;
            ledger.ledger().append(List.of(entries.get(i)), Duration.ofSeconds(20), answer -> {
                nanos.set(at, answer instanceof Appended ? System.nanoTime() - due : Long.MAX_VALUE);
                answered.release();
            });
        }
        answered.acquire(count);
        long[] all = new long[count];
        Arrays.setAll(all, nanos::get);
        return percentiles(all);
    }

    private static long most(TestLedger ledger, int seconds) throws InterruptedException {
        List<AuditEntry> entries = entries(40_000 * seconds);
        var underWay = new Semaphore(4_096);
        long start = System.nanoTime();
        for (AuditEntry entry : entries) {
            underWay.acquire();
            ledger.ledger().append(List.of(entry), Duration.ofSeconds(20), _ -> underWay.release());
        }
        underWay.acquire(4_096);
        return entries.size() * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - start);
    }

    private static List<AuditEntry> entries(int count) {
        var entries = new ArrayList<AuditEntry>(count);
        for (int i = 0; i < count; i++) {
            entries.add(Entries.large("r-" + i));
        }
        return entries;
    }

    private static String percentiles(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        var text = new StringBuilder();
        for (double share : new double[] {0.5, 0.99, 0.999, 1}) {
            long value = sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
            text.append("%.2f ".formatted(value / 1e6));
        }
        return text.toString();
    }

    private static void delete(Path place) throws IOException {
        try (var all = Files.walk(place)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
