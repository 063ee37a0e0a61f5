package com.keeptrusts.gateway.policy.pii;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the detectors found in one block, and the rule by which overlaps are settled. */
final class Candidates {

    static final double THRESHOLD = 0.5;

    private static final Comparator<PiiSpan> STRONGEST_FIRST = Comparator.comparingDouble(PiiSpan::score)
            .thenComparingInt(PiiSpan::length)
            .reversed()
            .thenComparingInt(PiiSpan::start);

    private final List<PiiSpan> found = new ArrayList<>();

    void add(PiiType type, int start, int end, double score) {
        if (score >= THRESHOLD && end > start) {
            found.add(new PiiSpan(start, end, type, score, false));
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** The highest score wins, then the longest, then the leftmost; the winners come back in the order of the text. */
    List<PiiSpan> settle() {
        if (found.size() < 2) {
            List<PiiSpan> all = List.copyOf(found);
            found.clear();
            return all;
        }
        found.sort(STRONGEST_FIRST);
        List<PiiSpan> kept = new ArrayList<>();
        for (PiiSpan candidate : found) {
            if (kept.stream().noneMatch(other -> other.start() < candidate.end() && candidate.start() < other.end())) {
                kept.add(candidate);
            }
        }
        found.clear();
        kept.sort(Comparator.comparingInt(PiiSpan::start));
        return kept;
    }
}
