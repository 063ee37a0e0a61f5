package com.keeptrusts.gateway.policy.text;

import org.jspecify.annotations.Nullable;

/** Reads digits and signs inside words as the letters that they imitate. */
final class LeetSpeak {

    private static final char[] LETTERS = new char[128];

    static {
        String pairs = "0o1i2z3e4a5s6g7t8b9g@a$s!i|l+t(c";
        for (int i = 0; i < pairs.length(); i += 2) {
            LETTERS[pairs.charAt(i)] = pairs.charAt(i + 1);
        }
    }

    private LeetSpeak() {}

    /** The text in letters; null when few of its words are written that way. */
    static @Nullable String read(String text) {
        var out = new StringBuilder(text);
        int words = 0;
        int disguised = 0;
        int i = 0;
        while (i < text.length()) {
            int end = i;
            int letters = 0;
            int signs = 0;
            while (end < text.length() && (letter(text.charAt(end)) || sign(text.charAt(end)))) {
                letters += letter(text.charAt(end)) ? 1 : 0;
                signs += sign(text.charAt(end)) ? 1 : 0;
                end++;
            }
            if (end > i) {
                words++;
                if (signs > 0 && (letters > 0 || end - i <= 4)) {
                    disguised += letters > 0 ? 1 : 0;
                    spell(text, i, end, out);
                }
            }
            i = Math.max(end, i + 1);
        }
        return disguised < 3 || disguised * 5 < words ? null : out.toString();
    }

    private static void spell(String text, int start, int end, StringBuilder out) {
        int last = end;
        while (last > start && (text.charAt(last - 1) == '!' || text.charAt(last - 1) == '|')) {
            last--; // punctuation, more likely
        }
        for (int i = start; i < last; i++) {
            char c = text.charAt(i);
            if (sign(c)) {
                boolean doubled = c == '1'
                        && ((i + 1 < end && text.charAt(i + 1) == '1') || (i > start && text.charAt(i - 1) == '1'));
                out.setCharAt(i, doubled ? 'l' : LETTERS[c]);
            }
        }
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean sign(char c) {
        return c < 128 && LETTERS[c] != 0;
    }
}
