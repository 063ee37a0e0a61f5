package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Writes tiles; {@link #sync} makes durable, together, those that were written since the last one. */
final class TileFiles {

    private final LogFiles files;
    private final LedgerDirectory directory;
    private final TileBatch batch;
    private final Set<TilePath> written = new HashSet<>();
    private Set<TilePath> partials = new HashSet<>();
    private Set<TilePath> replaced = new HashSet<>();

    TileFiles(LogFiles files, LedgerDirectory directory) {
        this.files = files;
        this.directory = directory;
        this.batch = new TileBatch(files);
    }

    void write(TilePath tile, byte[] content) throws IOException {
        if (written.contains(tile)) {
            return; // a level that did not grow since the last time
        }
        Path file = tile.in(directory);
        create(file.resolveSibling("."));
        batch.add(file, content);
    }

    void writePartial(TilePath tile, byte[] content) throws IOException {
        write(tile, content);
        written.add(tile);
        partials.add(tile);
    }

    void sync() throws IOException {
        batch.settle();
    }

    /**
     * To be called once the checkpoint that needs the present partials is published: those that only the checkpoint
     * before the last one needed go.
     */
    void forgetReplaced() throws IOException {
        for (TilePath old : replaced) {
            if (!partials.contains(old)) {
                files.deleteIfThere(old.in(directory));
                written.remove(old);
                removeIfEmpty(parent(old.in(directory)));
            }
        }
        replaced = partials;
        partials = new HashSet<>();
    }

    /** Lets go of what was never made durable. */
    void close() throws IOException {
        batch.close();
    }

    private void create(Path wanted) throws IOException {
        Path path = wanted.normalize();
        if (Files.isDirectory(path)) {
            return;
        }
        Path above = parent(path);
        create(above);
        files.createDirectories(path);
        batch.changed(above);
    }

    private void removeIfEmpty(Path place) throws IOException {
        try (var left = Files.newDirectoryStream(place)) {
            if (left.iterator().hasNext()) {
                return;
            }
        }
        files.deleteIfThere(place);
    }

    private static Path parent(Path file) {
        return file.resolveSibling(".").normalize();
    }
}
