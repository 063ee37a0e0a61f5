package com.keeptrusts.gateway.policy.text;

import org.jspecify.annotations.Nullable;

/** Joins what markup or quotation marks cut: {@code ig**no**re}, {@code ig<b></b>nore}, {@code "ign" + "ore"}. */
final class Pieces {

    private static final int FEWEST = 3;
    private static final int LONGEST_CUT = 12;

    private Pieces() {}

    /** What stands around the cuts, without them; null when fewer than three are in the text. */
    static @Nullable String join(String text) {
        var patches = new Patches(text);
        int cuts = 0;
        int i = 1;
        while (i < text.length()) {
            int end = cuts(text.charAt(i)) ? cutEnd(text, i) : i;
            if (end > i) {
                cuts++;
                patches.replace(i, end, text.substring(i, end).indexOf(',') >= 0 ? " " : "");
            }
            i = Math.max(end, i + 1);
        }
        return cuts < FEWEST ? null : patches.around();
    }

    /** Whether a cut may begin with it. */
    static boolean cuts(char c) {
        return c == '*' || c == '_' || c == '~' || c == '<' || c == '/' || c == '"' || c == '\'';
    }

    /** The end of a cut that begins right after a letter and ends before one; or its start. */
    private static int cutEnd(String text, int start) {
        char first = text.charAt(start);
        boolean quote = first == '"' || first == '\'';
        if (!quote && !letter(text, start - 1)) {
            return start;
        }
        int i = start;
        boolean within = false;
        int quotes = 0;
        while (i < text.length() && i - start < LONGEST_CUT) {
            char c = text.charAt(i);
            if (c == '<') {
                within = true;
            } else if (c == '>') {
                within = false;
            } else if (c == '"' || c == '\'') {
                quotes++;
                if (quotes == 2) {
                    return quote ? i + 1 : start;
                }
            } else if (quote && !joins(c)) {
                return start;
            } else if (letter(text, i) && !within) {
                break;
            } else if (!quote && c == ' ' && !within) {
                return start;
            }
            i++;
        }
        boolean inWord = !quote && i > start && letter(text, i) && i - start < LONGEST_CUT;
        return inWord && (i - start > 1 || first == '*') ? i : start;
    }

    /** What stands between two quoted pieces of one text. */
    private static boolean joins(char c) {
        return c == ' ' || c == '+' || c == '&' || c == '.' || c == ',';
    }

    private static boolean letter(String text, int i) {
        return i < text.length() && Character.isLetter(text.charAt(i));
    }
}
