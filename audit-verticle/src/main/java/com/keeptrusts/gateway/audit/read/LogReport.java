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

    public boolean whole() {
        return problems.isEmpty();
    }

    /** Index of the first entry that is bad, as exactly as the files tell: else where the range begins that it is in. */
    public OptionalLong firstBad() {
        return problems.stream()
                .filter(problem -> problem.index() != Problem.NONE)
                .filter(problem -> problems.stream().noneMatch(problem::mayBeThatOf))
                .mapToLong(Problem::index)
                .min();
    }

    List<Problem> inOrder() {
        return problems.stream()
                .sorted(Comparator.comparingLong(Problem::index))
                .toList();
    }
}
