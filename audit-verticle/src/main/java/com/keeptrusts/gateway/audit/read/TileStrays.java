package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.TilePath;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds tiles behind the end of a log. A writer makes tiles from entries that are flushed, so none can be wider than
 * the segments go. Looks into the directories at the right edge only.
 */
final class TileStrays {

    private static final int LISTED = 20;

    private final LedgerDirectory directory;
    private final List<String> found = new ArrayList<>();

    private TileStrays(LedgerDirectory directory) {
        this.directory = directory;
    }

    /** The first of the tiles that hold more than that many entries have. */
    static List<String> behind(LedgerDirectory directory, long entries) throws IOException {
        var strays = new TileStrays(directory);
        if (Files.isDirectory(directory.tiles())) {
            try (DirectoryStream<Path> levels = Files.newDirectoryStream(directory.tiles())) {
                for (Path level : levels) {
                    strays.level(level, entries);
                }
            }
        }
        return strays.found;
    }

    private void level(Path level, long entries) throws IOException {
        String name = String.valueOf(level.getFileName());
        if (name.matches("entries|[0-7]")) {
            long hashes = name.equals("entries") ? entries : entries >>> (8 * Integer.parseInt(name));
            walk(level, 0, new Edge(hashes));
        }
    }

    /** The end of a level: its last tile, that tile's width, and the directories that lead there. */
    private record Edge(long last, long width, Set<Long> above) {

        Edge(long hashes) {
            this((hashes - 1) / TilePath.FULL, (hashes - 1) % TilePath.FULL + 1, new HashSet<>());
            for (long rest = last / 1_000; rest > 0; rest /= 1_000) {
                above.add(rest);
            }
        }
    }

    private void walk(Path place, long before, Edge edge) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(place)) {
            for (Path child : children) {
                String name = String.valueOf(child.getFileName());
                if (found.size() >= LISTED || !name.matches("x?[0-9]{3}(\\.p)?")) {
                    continue;
                }
                long n = before * 1_000 + Long.parseLong(name.replaceAll("[^0-9]", ""));
                look(child, name, n, edge);
            }
        } catch (NoSuchFileException e) {
            return; // the writer has just removed it
        }
    }

    private void look(Path child, String name, long n, Edge edge) throws IOException {
        if (name.startsWith("x")) {
            if (n * 1_000 > edge.last() || edge.width() == 0) {
                add(child);
            } else if (edge.above().contains(n)) {
                walk(child, n, edge);
            }
        } else if (n > edge.last() || edge.width() == 0) {
            add(child);
        } else if (n == edge.last() && name.endsWith(".p")) {
            wider(child, edge.width());
        } else if (n == edge.last() && edge.width() < TilePath.FULL) {
            add(child);
        }
    }

    private void wider(Path partials, long width) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(partials, "[0-9]*")) {
            for (Path partial : all) {
                String name = String.valueOf(partial.getFileName());
                if (name.matches("[0-9]{1,3}") && Integer.parseInt(name) > width) {
                    add(partial);
                }
            }
        }
    }

    private void add(Path stray) {
        found.add(directory.path().relativize(stray).toString());
    }
}
