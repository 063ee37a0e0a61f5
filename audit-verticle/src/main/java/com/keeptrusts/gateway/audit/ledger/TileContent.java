package com.keeptrusts.gateway.audit.ledger;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads tiles and bundles of a log that may be growing: a partial one may have been replaced by a wider one. */
public final class TileContent {

    private static final int TRIES = 5;

    private TileContent() {}

    /**
     * At least what a tile of that width holds; more when only a wider one is left.
     *
     * @throws NoSuchFileException when there is neither
     */
    public static byte[] read(LedgerDirectory directory, TilePath path) throws IOException {
        for (int left = TRIES; ; left--) {
            try {
                Path file = path.in(directory);
                return Files.readAllBytes(Files.exists(file) ? file : wider(directory, path));
            } catch (NoSuchFileException e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    private static Path wider(LedgerDirectory directory, TilePath path) throws IOException {
        Path full = path.full().in(directory);
        if (path.width() == TilePath.FULL || Files.exists(full)) {
            return full;
        }
        Optional<Path> found = Optional.empty();
        try (DirectoryStream<Path> partials =
                Files.newDirectoryStream(path.in(directory).resolveSibling("."), "[0-9]*")) {
            for (Path partial : partials) {
                String name = partial.getFileName().toString();
                if (name.matches("[0-9]{1,3}") && Integer.parseInt(name) > path.width()) {
                    found = Optional.of(partial);
                }
            }
        }
        return found.orElse(full);
    }
}
