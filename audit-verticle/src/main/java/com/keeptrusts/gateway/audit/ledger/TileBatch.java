package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.segment.FlushFailedException;
import com.keeptrusts.gateway.audit.segment.LogFile;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Files that become durable together. Their flushes go to the system at the same time, so that a journaling file system
 * commits them at once: one by one each would have a commit of its own, and what else is flushed on the disk meanwhile
 * would wait for every one of them. One thread uses it.
 */
final class TileBatch {

    /** So many files are open at most. */
    private static final int MOST = 64;

    private final LogFiles files;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final Set<Path> directories = new LinkedHashSet<>();

    /** A file under its passing name. */
    private record Pending(Path fresh, LogFile out, Path file) {}

    TileBatch(LogFiles files) {
        this.files = files;
    }

    /** Writes the bytes; the file appears, and is durable, when {@link #settle} returns. After a failure nothing is. */
    void add(Path file, byte[] content) throws IOException {
        if (pending.size() >= MOST) {
            settleFiles();
        }
        Path fresh = LogFiles.fresh(file);
        pending.add(new Pending(fresh, files.create(fresh, content), file));
    }

    /** A directory in which names have changed. */
    void changed(Path directory) {
        directories.add(directory);
    }

    /** After a failure other than of a flush, what is not settled yet stays for the next call. */
    void settle() throws IOException {
        settleFiles();
        flushTogether(directories.stream().map(this::flushOfNames).toList());
        directories.clear();
    }

    /** Lets go of what is not settled. */
    void close() throws IOException {
        while (!pending.isEmpty()) {
            pending.remove().out().close();
        }
    }

    private void settleFiles() throws IOException {
        flushTogether(pending.stream().map(TileBatch::flush).toList());
        while (!pending.isEmpty()) {
            Pending next = pending.getFirst();
            files.move(next.fresh(), next.file());
            changed(next.file().resolveSibling(".").normalize());
            pending.remove();
            next.out().close();
        }
    }

    private static Callable<Void> flush(Pending file) {
        return () -> {
            file.out().force();
            return null;
        };
    }

    private Callable<Void> flushOfNames(Path directory) {
        return () -> {
            files.forceDirectory(directory);
            return null;
        };
    }

    private static void flushTogether(List<Callable<Void>> flushes) throws FlushFailedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> flush : threads.invokeAll(flushes)) {
                if (flush.state() == Future.State.FAILED) {
                    throw flush.exceptionNow() instanceof FlushFailedException failed
                            ? failed
                            : new FlushFailedException(new IOException(flush.exceptionNow()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlushFailedException(new IOException(e));
        }
    }
}
