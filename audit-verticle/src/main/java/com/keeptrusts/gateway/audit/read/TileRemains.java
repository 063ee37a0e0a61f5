package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.EntryBundle;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.TilePath;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Checks what nobody needs to read the published tree and somebody may still be given: bytes behind a tile, and partial
 * tiles beside a wider one, which older checkpoints needed.
 */
final class TileRemains {

    private final LedgerDirectory directory;
    private final Consumer<Problem> problems;

    TileRemains(LedgerDirectory directory, Consumer<Problem> problems) {
        this.directory = directory;
        this.problems = problems;
    }

    /** Looks at the file of a tile of this content, and at the partial ones beside it. */
    void compare(TilePath path, byte[] content) throws IOException {
        if (path.level() >= 0 && length(path.in(directory)) > content.length) {
            problems.accept(Problem.general(path + " holds more than its " + path.width() + " hashes"));
        }
        Path partials = path.full()
                .in(directory)
                .resolveSibling(path.full().in(directory).getFileName() + ".p");
        if (!Files.isDirectory(partials)) {
            return;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(partials, "[0-9]*")) {
            for (Path partial : found) {
                compare(path, content, partial);
            }
        } catch (NoSuchFileException e) {
            return; // the writer has just removed the last of them
        }
    }

    /** A partial tile may go at any moment, when a wider one has taken its place. */
    private static long length(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** One that is wider than what is signed holds entries that are not signed yet, behind those that are. */
    private void compare(TilePath path, byte[] content, Path partial) throws IOException {
        String name = partial.getFileName().toString();
        int width = name.matches("[0-9]{1,3}") ? Integer.parseInt(name) : path.width();
        if (width == path.width()) {
            return; // looked at already, or being written under another name
        }
        var beside = new TilePath(path.level(), path.index(), width);
        byte[] expected = first(path, content, Math.min(width, path.width()));
        try {
            byte[] bytes = Files.readAllBytes(partial);
            boolean starts =
                    bytes.length >= expected.length && Arrays.equals(expected, Arrays.copyOf(bytes, expected.length));
            if (!starts || (width < path.width() && bytes.length > expected.length)) {
                problems.accept(Problem.general(beside + " disagrees with " + path));
            }
        } catch (NoSuchFileException e) {
            return; // the writer has just removed it
        }
    }

    private static byte[] first(TilePath path, byte[] content, int width) {
        if (path.level() >= 0) {
            return Arrays.copyOf(content, width * TreeHash.LENGTH);
        }
        List<byte[]> leaves = EntryBundle.parse(content);
        return EntryBundle.write(leaves.subList(0, width));
    }
}
