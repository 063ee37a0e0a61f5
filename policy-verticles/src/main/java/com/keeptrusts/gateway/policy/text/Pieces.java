package com.keeptrusts.gateway.policy.text;

import org.jspecify.annotations.Nullable;

/** Joins what markup or quotation marks cut: {@code ig**no**re}, {@code ig<b></b>nore}, {@code "ign" + "ore"}. */
final class Pieces {

    private static final int FEWEST = 3;
    private static final int LONGEST_CUT = 12;

    private Pieces() {}

    /** The text without cuts; null when fewer than three are in it. */
    static @Nullable String join(String text) {
        var out = new StringBuilder(text.length());
        int cuts = 0;
        int i = 0;
        while (i < text.length()) {
            int end = i > 0 && cuts(text.charAt(i)) ? cutEnd(text, i) : i;
            if (end > i) {
                cuts++;
                if (text.substring(i, end).indexOf(',') >= 0) {
                    out.append(' ');
                }
                i = end;
            } else {
                out.append(text.charAt(i++));
            }
        }
        return cuts < FEWEST ? null : out.toString();
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
