package com.keeptrusts.gateway.policy.text;

import org.jspecify.annotations.Nullable;

/** Joins words whose letters were set apart: {@code i g n o r e}, {@code i.g.n.o.r.e}, {@code i-g-n-o-r-e}. */
final class SpacedLetters {

    private static final int SHORTEST_RUN = 2;
    private static final int FEWEST = 8;

    private SpacedLetters() {}

    /** The text with such words joined; null when fewer letters than a short phrase stand apart. */
    static @Nullable String join(String text) {
        var out = new StringBuilder(text.length());
        int joined = 0;
        int i = 0;
        while (i < text.length()) {
            int end = runEnd(text, i);
            int letters = (end - i + 1) / 2;
            if (letters >= SHORTEST_RUN) {
                for (int j = i; j < end; j += 2) {
                    out.append(text.charAt(j));
                }
                joined += letters;
                i = end;
            } else {
                out.append(text.charAt(i++));
            }
        }
        return joined < FEWEST ? null : out.toString();
    }

    /** End of the letters that stand apart by one and the same separator, from a place where a word begins. */
    private static int runEnd(String text, int start) {
        if (!letter(text, start) || letter(text, start - 1) || letter(text, start + 1) || start + 2 >= text.length()) {
            return start;
        }
        char separator = text.charAt(start + 1);
        if (Character.isLetterOrDigit(separator) || separator == '\n') {
            return start;
        }
        int i = start;
        while (i + 2 < text.length()
                && text.charAt(i + 1) == separator
                && letter(text, i + 2)
                && !letter(text, i + 3)) {
            i += 2;
        }
        return i + 1;
    }

    private static boolean letter(String text, int i) {
        return i >= 0 && i < text.length() && Character.isLetterOrDigit(text.charAt(i));
    }
}
