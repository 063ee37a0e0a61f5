package com.keeptrusts.gateway.audit.index;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory {@code index/} of a log. Whoever adds to it holds its lock; whoever reads it
 * needs none, and may remove what is damaged.
 */
record IndexDirectory(Path path) {

    static IndexDirectory of(LedgerDirectory log) {
        return new IndexDirectory(log.path().resolve("index"));
    }

    /** The runs to look into, by first entry; those that a larger one covers are left out. */
    List<RunName> runs() throws IOException {
        var kept = new ArrayList<RunName>();
        for (RunName run : all()) {
            if (kept.isEmpty() || !kept.getLast().covers(run)) {
                kept.add(run);
            }
        }
        return kept;
    }

    /** All of them, a larger one before those that it covers. */
    List<RunName> all() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(RunName::of)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparingLong(RunName::first)
                            .thenComparing(
                                    Comparator.comparingLong(RunName::entries).reversed()))
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    void remove(RunName run) throws IOException {
        Files.deleteIfExists(run.in(path));
    }

    /** Empty when another process or thread has it. */
    Optional<Closeable> lock() throws IOException {
        Files.createDirectories(path);
        FileChannel file = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = file.tryLock();
            if (lock != null) {
                return Optional.of(file);
            }
        } catch (OverlappingFileLockException e) {
            // this process has it
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        file.close();
        return Optional.empty();
    }
}
