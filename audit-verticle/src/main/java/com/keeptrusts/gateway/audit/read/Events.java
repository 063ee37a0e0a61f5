package com.keeptrusts.gateway.audit.read;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What {@code kt events} does, line by line: to a terminal, a file, or a program that reads on. Blocks. */
public final class Events {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path place;
    private final Format format;
    private final Consumer<String> out;

    /** How entries are written. */
    public enum Format {
        TABLE,
        JSON,
        CSV
    }

    /** Reads the ledger at a place, which may be one log, its parent, or a data directory. */
    public Events(Path place, Format format, Consumer<String> out) {
        this.place = place;
        this.format = format;
        this.out = out;
    }

    /** The last entries that match, oldest first. */
    public void tail(EventQuery query) throws IOException {
        header();
        try (LedgerReader reader = LedgerReader.open(place)) {
            reader.last(query).forEach(this::line);
        }
    }

    /**
     * As {@link #tail}, then every further entry once it is on the disk.
     *
     * @param goOn asked before each look for more; it waits as long as looks shall be apart, and ends the following
     */
    public void follow(EventQuery query, BooleanSupplier goOn) throws IOException {
        header();
        try (LedgerReader reader = LedgerReader.open(place)) {
            reader.last(query).forEach(this::line);
            while (goOn.getAsBoolean()) {
                reader.read(query.withLimit(0), this::line);
            }
        }
    }

    /** Every entry that matches, the first ones where the query has a limit. */
    public void export(EventQuery query) throws IOException {
        header();
        try (LedgerReader reader = LedgerReader.open(place)) {
            reader.read(query, this::line);
        }
    }

    /** All that the ledger says of a request, or the one entry of an id; false when there is nothing. */
    public boolean show(String id) throws IOException {
        boolean[] found = {false};
        try (LedgerReader reader = LedgerReader.open(place)) {
            reader.read(EventQuery.ALL, entry -> {
                if (entry.head().requestId().equals(id) || entry.head().id().equals(id)) {
                    found[0] = true;
                    show(entry);
                }
            });
        }
        return found[0];
    }

    /** Both verdicts; gives the exit code. */
    public int verify(LedgerVerification verification) throws IOException {
        VerificationReport report = verification.verify(place);
        report.lines().forEach(out);
        return report.exitCode();
    }

    private void show(LedgerEntry entry) {
        if (format == Format.JSON) {
            out.accept(EventLines.json(entry));
            return;
        }
        out.accept("entry " + entry.index() + " of " + entry.origin()
                + (entry.signed() ? ", under a signed checkpoint" : ", flushed, not under a checkpoint yet"));
        try {
            String pretty = JSON.readTree(entry.leaf().array()).toPrettyString();
            pretty.lines().map(EventLines::printable).forEach(out);
        } catch (JacksonException e) {
            out.accept("(not readable)");
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    private void header() {
        switch (format) {
            case TABLE -> out.accept(EventLines.tableHeader());
            case CSV -> out.accept(EventLines.csvHeader());
            case JSON -> {}
        }
    }

    private void line(LedgerEntry entry) {
        out.accept(
                switch (format) {
                    case TABLE -> EventLines.tableRow(entry);
                    case CSV -> EventLines.csvRow(entry);
                    case JSON -> EventLines.json(entry);
                });
    }
}
