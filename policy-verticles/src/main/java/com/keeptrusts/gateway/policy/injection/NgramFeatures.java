package com.keeptrusts.gateway.policy.injection;

/**
 * The features of the trained model: words, pairs of neighbouring words, and short character sequences, each hashed to
 * a number. A text is cut in segments, so that a window of two of them can be scored without reading anything twice.
 */
final class NgramFeatures {

    /** Characters of a segment; a window is two segments. */
    static final int SEGMENT = 200;

    static final int BITS = 17;

    private static final int WORD = 0x9E3779B1;
    private static final int PAIR = 0x85EBCA6B;
    private static final int GRAM = 0xC2B2AE35;
    private static final int LONGEST_WORD = 24;

    /** Takes the features as they come, segment by segment. */
    interface Sink {

        void feature(int segment, int number);
    }

    private NgramFeatures() {}

    static int segments(FoldedText text) {
        return Math.max(1, (text.length() + SEGMENT - 1) / SEGMENT);
    }

    static void read(FoldedText text, Sink sink) {
        char[] chars = text.chars();
        int length = text.length();
        int before = 0;
        int wordStart = 0;
        int wordHash = 0;
        for (int i = 0; i <= length; i++) {
            char c = i < length ? chars[i] : FoldedText.STOP;
            if (!FoldedText.isWord(c)) {
                if (i > wordStart) {
                    int segment = wordStart / SEGMENT;
                    sink.feature(segment, number(wordHash * WORD));
                    sink.feature(segment, number((before * 31 + wordHash) * PAIR));
                    before = wordHash;
                }
                wordStart = i + 1;
                wordHash = 0;
            } else if (i - wordStart < LONGEST_WORD) {
                wordHash = wordHash * 31 + c;
            }
            gram(chars, i, c, sink);
        }
    }

    /** Four characters of Latin text, two and three of others, which say more in each. */
    private static void gram(char[] chars, int i, char c, Sink sink) {
        if (i < 3 || c == FoldedText.STOP) {
            return;
        }
        int segment = (i - 3) / SEGMENT;
        if (c < 0x250) {
            sink.feature(segment, number((((chars[i - 3] * 31 + chars[i - 2]) * 31 + chars[i - 1]) * 31 + c) * GRAM));
        } else {
            int pair = chars[i - 1] * 31 + c;
            sink.feature(segment, number((pair + 7) * GRAM));
            sink.feature(segment, number((chars[i - 2] * 961 + pair) * GRAM));
        }
    }

    private static int number(int hash) {
        int mixed = hash ^ (hash >>> 15);
        return (mixed * 0x2C1B3C6D) >>> (32 - BITS);
    }
}
