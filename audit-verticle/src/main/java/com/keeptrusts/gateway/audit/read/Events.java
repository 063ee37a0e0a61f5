package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The entries of a ledger as text: to a terminal, a file, or a program that reads on. Blocks. */
public final class Events {

    private final Path place;
    private final EventFormat format;
    private final Consumer<String> out;
    private long given;

    /** Reads the ledger at a place, which may be one log, its parent, or a data directory; gives whole lines. */
    public Events(Path place, EventFormat format, Consumer<String> out) {
        this.place = place;
        this.format = format;
        this.out = out;
    }

    /** The last entries that match, oldest first. */
    public void tail(EventQuery query) throws IOException {
        follow(query, () -> false);
    }

    /**
     * As {@link #tail}, then every further entry once it is on the disk.
     *
     * @param goOn asked before each look for more; it waits as long as looks shall be apart, and ends the following
     */
    public void follow(EventQuery query, BooleanSupplier goOn) throws IOException {
        header();
        try (LedgerReader reader = LedgerReader.openBeforeEnd(place, query)) {
            reader.last(query).forEach(this::line);
            while (goOn.getAsBoolean()) {
                reader.read(query.withLimit(0), this::line);
            }
        }
    }

    /** Every entry that matches, the first ones where the query has a limit. */
    public void export(EventQuery query) throws IOException {
        header();
        try (LedgerReader reader = LedgerReader.open(place, query)) {
            reader.read(query, this::line);
        }
    }

    /** How many entries were given so far. */
    public long given() {
        return given;
    }

    private void header() {
        String header = format.header();
        if (!header.isEmpty()) {
            out.accept(header);
        }
    }

    private void line(LedgerEntry entry) {
        given++;
        out.accept(format.line(entry));
    }
}
