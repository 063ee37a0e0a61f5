package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the texts that entries refer to are, encrypted, what the entries committed to. Needs no key, so it says the
 * same before and after an erasure. Not thread-safe.
 */
public final class ContentCheck implements Closeable {

    private final @Nullable ContentPlace place;
    private final String store;
    private @Nullable Path openFile;
    private @Nullable FileChannel open;

    private ContentCheck(@Nullable ContentPlace place, String store) {
        this.place = place;
        this.store = store;
    }

    /** For the log in a directory; says nothing of any entry where no texts are kept beside it. */
    public static ContentCheck beside(Path ledger) throws IOException {
        Optional<ContentPlace> place = ContentPlace.of(ledger);
        return new ContentCheck(place.orElse(null), place.isEmpty() ? "" : StoreId.read(place.get()));
    }

    /** What is wrong with an entry's texts; empty where nothing is, where there are none, or where others keep them. */
    public Optional<String> problem(LedgerEntry entry) {
        ContentPlace here = place;
        ContentRef ref;
        try {
            ref = here == null ? null : ContentRef.in(entry.leaf());
            if (here == null || ref == null) {
                return Optional.empty();
            }
            if (!ref.store().equals(store) && !Files.exists(ref.blob().in(here))) {
                return Optional.empty();
            }
            byte[] blob = Pack.read(channel(ref.blob().in(here)), ref.blob());
            return ContentRef.sha256(blob).equals(ref.hash())
                    ? Optional.empty()
                    : Optional.of("content blob " + ref.blob() + " is not the one committed to");
        } catch (NoSuchFileException e) {
            return missing(e.getFile());
        } catch (ContentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Optional.of(
                    "its content blob cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /** Days go as a whole when their time is over; a pack that is missing from a day that is there was taken out. */
    private static Optional<String> missing(String file) {
        Path pack = Path.of(file);
        return Files.isDirectory(pack.resolveSibling(".").normalize())
                ? Optional.of("content pack " + pack.getFileName() + " is missing")
                : Optional.empty();
    }

    private FileChannel channel(Path file) throws IOException {
        FileChannel current = open;
        if (current != null && file.equals(openFile)) {
            return current;
        }
        close();
        FileChannel fresh = FileChannel.open(file, StandardOpenOption.READ);
        open = fresh;
        openFile = file;
        return fresh;
    }

    @Override
    public void close() throws IOException {
        FileChannel current = open;
        open = null;
        openFile = null;
        if (current != null) {
            current.close();
        }
    }
}
