package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * What keeping costs: {@code java … ContentBenchmark <directory>}. A subject that is in memory, a subject that is new, and
 * texts of 4 KiB, each when the last one is on the disk and many at a time.
 */
public final class ContentBenchmark {

    private static final int TEXTS = 20_000;
    private static final int TOGETHER = 256;

    private ContentBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path data = Files.createTempDirectory(Path.of(arguments[0]), "content");
        try (ContentStore store = ContentStore.open(new DiskFiles(), new ContentPlace(data), Clock.systemUTC())) {
            known(store);
            fresh(store);
            String keyId = Objects.requireNonNull(
                    store.subject(new Asker("", "", "u"), true).keyId());
            one(store, keyId);
            many(store, keyId);
        }
    }

    private static void known(ContentStore store) throws IOException {
        var asker = new Asker("acme", "app", "alice");
        store.subject(asker, true);
        long[] nanos = new long[200_000];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            Objects.requireNonNull(store.known(asker, true)).salt("r-" + i);
            nanos[i] = System.nanoTime() - start;
        }
        tell("subject and salt from memory", Arrays.copyOfRange(nanos, nanos.length / 2, nanos.length));
    }

    private static void fresh(ContentStore store) throws IOException {
        long[] nanos = new long[500];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            store.subject(new Asker("acme", "app", "user-" + i), true);
            nanos[i] = System.nanoTime() - start;
        }
        tell("a new subject's key on the disk", nanos);
    }

    private static void one(ContentStore store, String keyId) {
        long[] nanos = new long[500];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            keep(store, keyId, i).join();
            nanos[i] = System.nanoTime() - start;
        }
        tell("one text of 4 KiB after the other", nanos);
    }

    private static void many(ContentStore store, String keyId) {
        long start = System.nanoTime();
        for (int from = 0; from < TEXTS; from += TOGETHER) {
            List<CompletableFuture<Map<String, Object>>> kept = new ArrayList<>();
            for (int i = 0; i < TOGETHER; i++) {
                kept.add(keep(store, keyId, from + i));
            }
            kept.forEach(CompletableFuture::join);
        }
        System.out.printf(
                "%-36s %,.0f/s%n", TOGETHER + " texts of 4 KiB at a time", TEXTS * 1e9 / (System.nanoTime() - start));
    }

    private static CompletableFuture<Map<String, Object>> keep(ContentStore store, String keyId, int i) {
        byte[] text = new byte[2_048];
        Arrays.fill(text, (byte) i);
        return store.keep("r-" + i, keyId, new KeptText(Bytes.owning(text), Bytes.owning(text)));
    }

    private static void tell(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                "%-36s p50 %,.1f us  p99 %,.1f us%n",
                what, nanos[nanos.length / 2] / 1e3, nanos[nanos.length * 99 / 100] / 1e3);
    }
}
