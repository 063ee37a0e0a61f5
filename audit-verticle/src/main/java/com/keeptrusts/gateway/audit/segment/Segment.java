package com.keeptrusts.gateway.audit.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A segment file: its name is the index of its first leaf. */
public record Segment(Path file, long first) {

    private static final String SUFFIX = ".seg";

    static Segment in(Path directory, long first) {
        return new Segment(directory.resolve("%016d%s".formatted(first, SUFFIX)), first);
    }

    /** Whether it is less than its header, which a crash while it was being created leaves: nothing in it counts. */
    public boolean unfinished() throws IOException {
        if (Files.size(file) > SegmentHeader.lengthAt(first)) {
            return false;
        }
        try (SegmentReader reader = SegmentReader.open(this)) {
            return reader.index() != first;
        } catch (LedgerException e) {
            return true;
        }
    }

    /** The segments of a directory, in order; none when it is not there. */
    public static List<Segment> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9]{16}\\.seg"))
                    .map(file -> new Segment(
                            file, Long.parseLong(file.getFileName().toString().substring(0, 16))))
                    .sorted(Comparator.comparingLong(Segment::first))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
