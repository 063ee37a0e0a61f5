package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the files of one log stand (docs/audit-format.md). */
public record LedgerDirectory(Path path) {

    public Path facts() {
        return path.resolve("log.json");
    }

    public Path key() {
        return path.resolve("key.pem");
    }

    /** The private half of a key that came by rotation. */
    Path key(VerifierKey key) {
        return path.resolve("key-" + HexFormat.of().toHexDigits(key.id()) + ".pem");
    }

    /** What must not be removed before it is released (docs/retention.md). */
    public Path holds() {
        return path.resolve("holds.json");
    }

    public Path lock() {
        return path.resolve("lock");
    }

    public Path segments() {
        return path.resolve("wal");
    }

    public Path tiles() {
        return path.resolve("tile");
    }

    public Path checkpoint() {
        return path.resolve("checkpoint");
    }

    /** Says where the entries are kept, when that is not {@link #segments()}. */
    public Path store() {
        return path.resolve("store.json");
    }

    /** Whether what no checkpoint covers is not here, but in a store that {@link #store()} names. */
    public boolean keptElsewhere() {
        return Files.isRegularFile(store());
    }

    /** Older checkpoints, each named by its size. */
    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /** The last published checkpoint as it stands in its file, if there is one. */
    public Optional<String> publishedNote() throws IOException {
        try {
            return Optional.of(noteIn(checkpoint()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** A note as it stands in its file; bytes that are no text become characters that no note has. */
    public static String noteIn(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /**
     * The logs at a path: itself, or those directly below it, or those below its {@code audit} directory.
     *
     * @throws LedgerException when there is none
     */
    public static List<LedgerDirectory> find(Path place) throws IOException {
        if (isLog(place)) {
            return List.of(new LedgerDirectory(place));
        }
        List<LedgerDirectory> found = below(place);
        if (found.isEmpty()) {
            found = below(place.resolve("audit"));
        }
        if (found.isEmpty()) {
            throw new LedgerException(
                    place + ": no ledger here (expected: a directory with log.json, or one above it)");
        }
        return found;
    }

    /** Where {@link #find} looks, directories that published something and have lost their {@code log.json}. */
    public static List<LedgerDirectory> headless(Path place) throws IOException {
        var found = new ArrayList<LedgerDirectory>();
        for (Path above : List.of(place, place.resolve("audit"))) {
            if (Files.isDirectory(above)) {
                try (Stream<Path> children = Files.list(above)) {
                    children.filter(child -> !isLog(child)
                                    && (Files.exists(child.resolve("checkpoint"))
                                            || Files.exists(child.resolve("tile"))))
                            .sorted()
                            .map(LedgerDirectory::new)
                            .forEach(found::add);
                }
            }
        }
        return found;
    }

    private static List<LedgerDirectory> below(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(place)) {
            return children.filter(LedgerDirectory::isLog)
                    .sorted()
                    .map(LedgerDirectory::new)
                    .toList();
        }
    }

    private static boolean isLog(Path place) {
        return Files.isRegularFile(place.resolve("log.json"));
    }
}
