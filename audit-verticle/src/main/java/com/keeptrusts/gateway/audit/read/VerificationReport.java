package com.keeptrusts.gateway.audit.read;

import java.util.ArrayList;
import java.util.List;

/**
 * Two verdicts on the logs below a directory: whether they are what was signed, and whether no request lacks its end.
 *
 * @param absent logs that should be there, described
 */
public record VerificationReport(List<LogReport> logs, List<String> absent, Completeness completeness) {

    /** Problems of one log that are told in full. */
    private static final int LISTED = 50;

    /**
     * What became of the requests, over all logs.
     *
     * @param requests that have all their records
     * @param orphaned records of requests that nobody finished
     * @param pending requests that may still get their end
     * @param duplicates entries that stand more than once with the same bytes, which is harmless
     * @param endedTwice ends of requests that already had one, from a writer that did not know of the other
     * @param missing requests without an end, and ids with two meanings
     * @param listed the first of those, described
     */
    public record Completeness(
            long requests,
            long orphaned,
            long pending,
            long duplicates,
            long endedTwice,
            long missing,
            List<String> listed) {

        public Completeness {
            listed = List.copyOf(listed);
        }
    }

    public VerificationReport {
        logs = List.copyOf(logs);
        absent = List.copyOf(absent);
    }

    public boolean whole() {
        return absent.isEmpty() && logs.stream().allMatch(LogReport::whole);
    }

    public boolean complete() {
        return completeness.missing() == 0;
    }

    /** 0 when both verdicts are good, else 1. (2 is for what could not be verified at all.) */
    public int exitCode() {
        return whole() && complete() ? 0 : 1;
    }

    /** For a person. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        for (LogReport log : logs) {
            lines.add(log.origin() + ": " + log.entries() + " entries, " + log.signed() + " under a signed checkpoint");
            if (log.pruned() > 0) {
                lines.add("  0 to " + (log.pruned() - 1) + " were removed when their time was over, the newest of "
                        + log.prunedUntil());
            }
            if (log.unfinished() > 0) {
                lines.add("  " + log.unfinished()
                        + " bytes at the end are not a whole group and were never acknowledged");
            }
            List<Problem> problems = log.inOrder();
            problems.stream().limit(LISTED).forEach(problem -> lines.add("  " + problem));
            if (problems.size() > LISTED) {
                lines.add("  and " + (problems.size() - LISTED) + " more");
            }
        }
        lines.addAll(absent);
        lines.add("integrity: " + (whole() ? "whole" : "BROKEN" + firstBad()));
        lines.add("completeness: " + (complete() ? "complete" : "INCOMPLETE, " + completeness.missing() + " missing")
                + " (" + completeness.requests() + " requests, " + completeness.orphaned() + " orphaned, "
                + completeness.pending() + " pending, " + completeness.duplicates() + " duplicates, "
                + completeness.endedTwice() + " ended twice)");
        completeness.listed().forEach(missing -> lines.add("  " + missing));
        return lines;
    }

    private String firstBad() {
        return logs.stream()
                .filter(log -> log.firstBad().isPresent())
                .map(log -> ", first bad entry " + log.firstBad().getAsLong() + " of " + log.origin())
                .findFirst()
                .orElse("");
    }
}
