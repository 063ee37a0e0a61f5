package com.keeptrusts.gateway.policy.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tries the letter ciphers that models read with ease: Caesar shifts, Atbash, and writing backwards. */
final class Ciphers {

    private static final int SAMPLE = 500;
    private static final int FEWEST_WORDS = 3;
    private static final int ATBASH = 26;
    private static final int BACKWARDS = 27;
    private static final int WORDS_BACKWARDS = 28;
    private static final int KINDS = 29;

    private Ciphers() {}

    /** The reading with the most common words, when it has clearly more than the text as it stands; else null. */
    static @Nullable DecodedText read(String text, boolean announced) {
        String odd = announced ? oddStretches(text) : text;
        String sample = sample(odd, SAMPLE);
        int words = words(sample);
        if (words < FEWEST_WORDS) {
            return null;
        }
        int best = 0;
        int bestHits = 0;
        for (int kind = 1; kind < KINDS; kind++) {
            int hits = hits(sample, kind);
            if (hits > bestHits) {
                best = kind;
                bestHits = hits;
            }
        }
        boolean plausible = announced
                ? bestHits >= 2 && bestHits * 8 >= words
                : bestHits >= 3 && bestHits * 5 >= words && bestHits > 2 * hits(sample, 0);
        return plausible ? new DecodedText(name(best), apply(odd, best), false) : null;
    }

    /** How many of the words are common ones, in thousandths; 1000 when there are too few words to tell. */
    static int plainness(String text) {
        String sample = sample(text, SAMPLE / 2);
        int words = words(sample);
        return words < 4 ? 1_000 : hits(sample, 0) * 1_000 / words;
    }

    /** A cipher may stand anywhere, but those who write one seldom write more plain text on both sides of it. */
    private static String sample(String text, int size) {
        return text.length() <= 2 * size ? text : text.substring(0, size) + " " + text.substring(text.length() - size);
    }

    /** The stretches of several words of which none is a common one. */
    private static String oddStretches(String text) {
        var odd = new StringBuilder();
        int stretchStart = -1;
        int stretchEnd = 0;
        int stretch = 0;
        int i = 0;
        while (i < text.length()) {
            int end = wordEnd(text, i);
            if (end > i) {
                boolean common = end - i >= 2 && common(text, i, end);
                if (common) {
                    append(text, stretchStart, stretchEnd, stretch, odd);
                    stretch = 0;
                    stretchStart = -1;
                } else {
                    stretchStart = stretchStart < 0 ? i : stretchStart;
                    stretchEnd = end;
                    stretch++;
                }
            }
            i = Math.max(end, i + 1);
        }
        append(text, stretchStart, stretchEnd, stretch, odd);
        return odd.toString();
    }

    private static void append(String text, int start, int end, int words, StringBuilder odd) {
        if (words >= FEWEST_WORDS) {
            odd.append(text, start, end).append(" \n");
        }
    }

    private static boolean common(String text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = CommonWords.hash(hash, Character.toLowerCase(text.charAt(i)));
        }
        return CommonWords.has(hash);
    }

    static int commonWords(String text) {
        return hits(text, 0);
    }

    /** The words of a text from the last to the first. */
    static String inOtherOrder(String text) {
        String[] words = text.split(" ", -1);
        return String.join(" ", Arrays.asList(words).reversed());
    }

    private static String name(int kind) {
        return switch (kind) {
            case ATBASH -> "atbash";
            case BACKWARDS, WORDS_BACKWARDS -> "reversed";
            default -> kind == 13 ? "rot13" : "caesar";
        };
    }

    private static String apply(String text, int kind) {
        if (kind == BACKWARDS) {
            return new StringBuilder(text).reverse().toString();
        }
        var out = new StringBuilder(text);
        int i = 0;
        while (i < text.length()) {
            int end = wordEnd(text, i);
            for (int j = i; j < end; j++) {
                char c = kind == WORDS_BACKWARDS ? text.charAt(end - 1 - (j - i)) : text.charAt(j);
                out.setCharAt(j, kind == WORDS_BACKWARDS ? c : letter(c, kind));
            }
            i = Math.max(end, i + 1);
        }
        return out.toString();
    }

    private static int hits(String text, int kind) {
        boolean backwards = kind == BACKWARDS || kind == WORDS_BACKWARDS;
        int hits = 0;
        int i = 0;
        while (i < text.length()) {
            int end = wordEnd(text, i);
            int hash = 0;
            for (int j = i; j < end; j++) {
                char c = Character.toLowerCase(text.charAt(backwards ? end - 1 - (j - i) : j));
                hash = CommonWords.hash(hash, backwards ? c : letter(c, kind));
            }
            hits += end - i >= 2 && CommonWords.has(hash) ? 1 : 0;
            i = Math.max(end, i + 1);
        }
        return hits;
    }

    private static int words(String text) {
        int words = 0;
        int i = 0;
        while (i < text.length()) {
            int end = wordEnd(text, i);
            words += end - i >= 2 ? 1 : 0;
            i = Math.max(end, i + 1);
        }
        return words;
    }

    private static int wordEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isLatin(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isLatin(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static char letter(char c, int kind) {
        if (!isLatin(c) || kind == 0) {
            return c;
        }
        char base = c >= 'a' ? 'a' : 'A';
        int index = c - base;
        return (char) (base + (kind == ATBASH ? 25 - index : (index + kind) % 26));
    }
}
