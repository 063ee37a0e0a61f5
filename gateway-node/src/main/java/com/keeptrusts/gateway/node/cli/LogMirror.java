package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.index.SignedSize;
import com.keeptrusts.gateway.audit.ledger.EntryBundle;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.TilePath;
import com.keeptrusts.gateway.audit.ledger.TileTree;
import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.audit.segment.SegmentLog;
import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Copies a log that someone serves as C2SP tlog-tiles into a directory of the form that a writer keeps. It believes
 * nothing and checks nothing: what it could not get is missing there, and verification says so.
 */
final class LogMirror {

    private static final int AT_ONCE = 8;
    private static final long MOST_ENTRIES = 1L << 40;
    private static final int MOST_MISSING = 1_000;
    private static final int SMALL = 1 << 20;
    private static final int LARGEST_BUNDLE = TilePath.FULL * (1 + 2 * 0xFFFF);

    private final HttpFiles from;
    private final String prefix;
    private final LedgerDirectory to;
    private final AtomicInteger missing = new AtomicInteger();

    LogMirror(HttpFiles from, String prefix, Path to) {
        this.from = from;
        this.prefix = prefix;
        this.to = new LedgerDirectory(to);
    }

    /** Returns how many entries the copied checkpoint speaks of. */
    long copy() throws IOException {
        Files.createDirectories(to.checkpoints());
        Files.createDirectories(to.segments());
        copyOlder();
        copy("log.json", to.facts());
        copy("checkpoint", to.checkpoint());
        LogFacts facts = LogFacts.read(to.facts());
        long size = SignedSize.of(to);
        if (size > MOST_ENTRIES) {
            throw new IOException(prefix + "/checkpoint: of " + size + " entries (expected: at most 2^40)");
        }
        copyTiles(facts.minimumIndex(), size);
        keepEnd(facts, size);
        return size;
    }

    private void copy(String name, Path file) throws IOException {
        byte[] bytes = from.get(prefix + "/" + name, SMALL)
                .orElseThrow(() -> new IOException(prefix + "/" + name + ": is not there, or not shown"));
        Files.write(file, bytes);
    }

    /** Before the checkpoint, as they are older. A plain web server does not list them. */
    private void copyOlder() throws IOException {
        Optional<byte[]> list = from.get(prefix + "/checkpoints", SMALL);
        if (list.isEmpty()) {
            return;
        }
        try {
            for (Object name : new JsonArray(new String(list.get(), StandardCharsets.UTF_8))) {
                if (name instanceof String size && size.matches("[0-9]{16}")) {
                    Optional<byte[]> found = from.get(prefix + "/checkpoints/" + size, SMALL);
                    if (found.isPresent()) {
                        Files.write(to.checkpoints().resolve(size), found.get());
                    }
                }
            }
        } catch (DecodeException e) {
            // some other page of a plain web server
        }
    }

    private void copyTiles(long first, long size) throws IOException {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var batch = new ArrayList<Callable<Void>>();
            for (int level = TilePath.ENTRIES; level <= 0 || size >>> (8 * level) > 0; level++) {
                long begin = level <= 0 ? first / TilePath.FULL * TilePath.FULL : 0;
                long end = level <= 0 ? size : size >>> (8 * level);
                for (long at = begin; at < end; at += TilePath.FULL) {
                    TilePath path = level < 0 ? TilePath.entriesOf(at, size) : TilePath.tileOf(level, at, size);
                    batch.add(() -> copy(path));
                    if (batch.size() == TilePath.FULL) {
                        run(threads, batch);
                    }
                }
            }
            run(threads, batch);
        }
    }

    private static void run(ExecutorService threads, List<Callable<Void>> batch) throws IOException {
        try {
            for (Future<Void> one : threads.invokeAll(batch)) {
                one.get();
            }
            batch.clear();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Where a partial tile went because the full one is there, that one is taken. */
    private Void copy(TilePath path) throws IOException {
        TilePath got = path;
        Optional<byte[]> bytes = from.get(prefix + "/" + path, LARGEST_BUNDLE);
        if (bytes.isEmpty() && path.width() < TilePath.FULL) {
            got = path.full();
            bytes = from.get(prefix + "/" + got, LARGEST_BUNDLE);
        }
        if (bytes.isPresent()) {
            Path file = got.in(to);
            Files.createDirectories(file.resolveSibling(".").normalize());
            Files.write(file, bytes.get());
        } else if (missing.incrementAndGet() > MOST_MISSING) {
            throw new IOException(prefix + "/" + path + ": is not there, as " + MOST_MISSING + " others");
        }
        return null;
    }

    /** A writer has its last entries in a segment as well; nothing was published that this one does not hold. */
    private void keepEnd(LogFacts facts, long size) throws IOException {
        long full = size - size % TilePath.FULL;
        try {
            Frontier edge = new TileTree(to, size).frontier(full);
            List<byte[]> leaves = size > full ? EntryBundle.read(to, TilePath.entriesOf(full, size)) : List.of();
            try (SegmentLog segment =
                    SegmentLog.create(new DiskFiles(), to.segments(), facts.writer(), SegmentLog.SEGMENT_BYTES, edge)) {
                if (!leaves.isEmpty()) {
                    segment.append(leaves, leaves.stream().map(TreeHash::ofLeaf).toList());
                }
            }
        } catch (IOException e) {
            // a tile is missing or cut, which verification names
        }
    }
}
