package com.keeptrusts.gateway.policy.pii;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;

/**
 * Looks for the operator's own patterns in pieces of a text: its words when no pattern can match a space, else its
 * lines, cut behind a space at {@link #LONGEST_PIECE}. Where pieces end depends on the text alone.
 */
final class CustomSweep {

    static final int LONGEST_PIECE = 256;

    private static final String MAY_MATCH_SPACE =
            " |\\.|\\\\s|\\[\\^|\\\\W|\\\\D|\\\\x|\\\\[pP]|\\\\[nrtQ]|\\^|\\$|\\(\\?|[\\x00-\\x20]";
    private static final Pattern SPACES = Pattern.compile(MAY_MATCH_SPACE);

    private final List<Pattern> patterns;
    private final boolean words;

    CustomSweep(List<Pattern> patterns) {
        this.patterns = patterns;
        this.words = patterns.stream()
                .noneMatch(pattern -> SPACES.matcher(pattern.pattern()
                                .replace("\\.", "")
                                .replace("(?:", "")
                                .replace("(?i)", ""))
                        .find());
    }

    /** As {@link Sweep#advance}, without need of what stands before {@code from}. */
    int advance(char[] text, int from, int limit, boolean complete, List<PiiSpan> found) {
        int at = from;
        while (at < limit) {
            int start = words ? wordStart(text, at, limit) : at;
            int end = pieceEnd(text, start, limit);
            if (end >= limit && !complete && end - start < LONGEST_PIECE) {
                return start;
            }
            match(new String(text, start, end - start), start, found);
            at = end;
        }
        return at;
    }

    private static int wordStart(char[] text, int from, int limit) {
        int at = from;
        while (at < limit && text[at] <= ' ') {
            at++;
        }
        return at;
    }

    private int pieceEnd(char[] text, int start, int limit) {
        int end = start;
        int space = -1;
        while (end < limit && end - start < LONGEST_PIECE) {
            char c = text[end];
            if (words && c <= ' ') {
                return end;
            }
            end++;
            if (c == '\n') {
                return end;
            }
            space = c == ' ' ? end : space;
        }
        boolean cut = end - start >= LONGEST_PIECE;
        if (cut && Character.isHighSurrogate(text[end - 1])) {
            end--;
        }
        return cut && space > start ? space : end;
    }

    private void match(String piece, int offset, List<PiiSpan> found) {
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(piece);
            while (matcher.find()) {
                if (matcher.end() > matcher.start()) {
                    found.add(new PiiSpan(offset + matcher.start(), offset + matcher.end(), PiiType.CUSTOM, 1, false));
                }
            }
        }
    }
}
