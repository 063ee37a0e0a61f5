package com.keeptrusts.gateway.audit.retention;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.TilePath;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Removes what a log's minimum index says is not there any more: full entry bundles and their tiles of level 0. Tiles
 * of higher levels, a 256th of the hashes, stay for ever, and with them all proofs of what is left.
 */
final class PrunedFiles {

    private final LogFiles files;
    private final LedgerDirectory directory;

    PrunedFiles(LogFiles files, LedgerDirectory directory) {
        this.files = files;
        this.directory = directory;
    }

    void remove(long from, long to) throws IOException {
        for (long index = from / TilePath.FULL; index < to / TilePath.FULL; index++) {
            boolean last = index + 1 == to / TilePath.FULL;
            remove(TilePath.entries(index, TilePath.FULL), last);
            remove(new TilePath(0, index, TilePath.FULL), last);
        }
    }

    /** Removes what a crash left when it came between the minimum index and the last of the files. */
    void removeLeftOver(long minimumIndex) throws IOException {
        long index = minimumIndex / TilePath.FULL;
        while (index > 0 && isThere(index - 1)) {
            index--;
        }
        remove(index * TilePath.FULL, minimumIndex);
    }

    private boolean isThere(long index) {
        return Files.exists(TilePath.entries(index, TilePath.FULL).in(directory))
                || Files.exists(new TilePath(0, index, TilePath.FULL).in(directory));
    }

    private void remove(TilePath tile, boolean last) throws IOException {
        Path file = tile.in(directory);
        files.deleteIfThere(file);
        if (last || tile.index() % 1_000 == 999) {
            tidy(file.resolveSibling(".").normalize());
        }
    }

    /** Makes the removals durable and takes empty directories away, up to that of the level. */
    private void tidy(Path from) throws IOException {
        Path place = from;
        while (!place.resolveSibling(".").normalize().equals(directory.tiles().normalize()) && isEmpty(place)) {
            files.deleteIfThere(place);
            place = place.resolveSibling(".").normalize();
        }
        files.forceDirectory(place);
    }

    private static boolean isEmpty(Path place) throws IOException {
        try (var left = Files.newDirectoryStream(place)) {
            return !left.iterator().hasNext();
        }
    }
}
