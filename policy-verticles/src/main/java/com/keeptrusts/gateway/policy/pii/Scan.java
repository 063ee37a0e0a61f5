package com.keeptrusts.gateway.policy.pii;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scans one text that may still grow: the built-in detectors and the operator's patterns side by side, their findings
 * joined where they overlap. What is decided, and how, does not depend on the pieces in which the text arrives.
 */
final class Scan {

    /** What continues a value comes before what starts there too, as it would had it not been cut. */
    private static final Comparator<PiiSpan> IN_ORDER =
            Comparator.comparingInt(PiiSpan::start).thenComparing(span -> !span.continuation());

    private final Sweep sweep;
    private final @Nullable CustomSweep custom;
    private final List<PiiSpan> pending = new ArrayList<>();
    private int sweptTo;
    private int matchedTo;

    Scan(Sweep sweep, @Nullable CustomSweep custom) {
        this.sweep = sweep;
        this.custom = custom;
    }

    /**
     * Goes on scanning; adds to {@code decided} what is found below the answer, sorted.
     *
     * @param text readable from {@code origin}: at least {@link Sweep#LOOK_BACK} before the last answer
     * @return up to where the text is decided
     */
    int advance(char[] text, int origin, int limit, boolean complete, List<PiiSpan> decided) {
        sweptTo = sweep.advance(Digits.inAscii(text, origin, limit), origin, sweptTo, limit, complete, pending);
        if (custom == null) {
            decided.addAll(pending);
            pending.clear();
            return sweptTo;
        }
        matchedTo = custom.advance(text, matchedTo, limit, complete, pending);
        return join(Math.min(sweptTo, matchedTo), decided);
    }

    /** The text's first characters were dropped: every index is smaller now. */
    void shift(int dropped) {
        sweptTo -= dropped;
        matchedTo -= dropped;
        pending.replaceAll(span -> span.shifted(-dropped));
    }

    private int join(int known, List<PiiSpan> decided) {
        pending.sort(IN_ORDER);
        List<PiiSpan> joined = new ArrayList<>();
        for (PiiSpan span : pending) {
            add(span, joined);
        }
        int upTo = known;
        for (PiiSpan span : joined) {
            if (span.end() > known) {
                upTo = Math.min(upTo, span.start());
            }
        }
        pending.clear();
        for (PiiSpan span : joined) {
            (span.start() < upTo ? decided : pending).add(span);
        }
        return upTo;
    }

    private static void add(PiiSpan span, List<PiiSpan> joined) {
        PiiSpan last = joined.isEmpty() ? null : joined.getLast();
        if (last == null || span.start() >= last.end()) {
            joined.add(span);
        } else if (span.continuation() || last.continuation()) {
            if (span.end() > last.end()) {
                joined.add(new PiiSpan(last.end(), span.end(), span.type(), span.score(), true));
            }
        } else {
            joined.removeLast();
            PiiType type = span.type() == PiiType.CUSTOM ? last.type() : span.type();
            double score = Math.max(last.score(), span.score());
            joined.add(new PiiSpan(last.start(), Math.max(last.end(), span.end()), type, score, false));
        }
    }
}
