package com.keeptrusts.gateway.audit.index;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file of a run: which entries it covers. Runs of the smallest size are made of entries, each larger one of eight
 * that lie beside each other, so that their number grows with the logarithm of the log.
 */
record RunName(long first, long entries) {

    static final long SMALLEST = 8_192;
    static final int MERGED = 8;

    private static final Pattern NAME = Pattern.compile("([0-9]{16})-([0-9]{1,16})\\.run");

    static Optional<RunName> of(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return Optional.empty();
        }
        var run = new RunName(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)));
        return run.isAligned() ? Optional.of(run) : Optional.empty();
    }

    private boolean isAligned() {
        long size = entries;
        while (size > SMALLEST && size % MERGED == 0) {
            size /= MERGED;
        }
        return size == SMALLEST && first % entries == 0;
    }

    long end() {
        return first + entries;
    }

    boolean covers(RunName other) {
        return first <= other.first && other.end() <= end();
    }

    /** The run that this one and its seven neighbours make. */
    RunName parent() {
        long size = entries * MERGED;
        return new RunName(first - first % size, size);
    }

    Path in(Path directory) {
        return directory.resolve(toString());
    }

    @Override
    public String toString() {
        return "%016d-%d.run".formatted(first, entries);
    }
}
