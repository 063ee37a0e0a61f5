package com.keeptrusts.gateway.audit.read;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Whether one log is what its key signed.
 *
 * @param pruned entries that were removed at the front
 * @param prunedUntil time of the newest of them, the epoch when there is none
 * @param signed entries under the published checkpoint
 * @param entries that and those that are flushed since
 * @param unfinished bytes at the end that were never acknowledged
 */
public record LogReport(
        String origin,
        Path directory,
        long pruned,
        Instant prunedUntil,
        long signed,
        long entries,
        long unfinished,
        List<Problem> problems) {

    public LogReport {
        problems = List.copyOf(problems);
    }

    /** Of a log of which nothing can be told, not even its name. */
    static LogReport unreadable(Path directory, String why) {
        return new LogReport(directory.toString(), directory, 0, Instant.EPOCH, 0, 0, 0, List.of(Problem.general(why)));
    }

    public boolean whole() {
        return problems.isEmpty();
    }

    /**
     * Index of the first entry that is bad, as exactly as the files tell: else where the range begins that it is in. Of
     * ranges that overlap, what they share is taken, as one entry may be why all of them are named.
     */
    public OptionalLong firstBad() {
        List<Problem> placed = problems.stream()
                .filter(problem -> problem.index() != Problem.NONE)
                .toList();
        long end = placed.stream().mapToLong(Problem::end).min().orElse(0);
        return placed.stream()
                .mapToLong(Problem::index)
                .filter(index -> index < end)
                .max();
    }

    List<Problem> inOrder() {
        return problems.stream()
                .sorted(Comparator.comparingLong(Problem::index))
                .toList();
    }
}
