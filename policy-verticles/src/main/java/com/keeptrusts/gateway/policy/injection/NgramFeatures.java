package com.keeptrusts.gateway.policy.injection;

/**
 * The features of the trained model, each hashed to a number: words, pairs of neighbouring words, short character
 * sequences, and what the phrases found speak of, alone and in pairs, which is the same in every language.
 */
record NgramFeatures(FoldedText text, Hits hits) implements Features {

    /** Characters of a segment; a window is two segments. */
    static final int SEGMENT = 200;

    static final int BITS = 18;

    private static final int WORD = 0x9E3779B1;
    private static final int PAIR = 0x85EBCA6B;
    private static final int GRAM = 0xC2B2AE35;
    private static final int LONGEST_WORD = 24;
    private static final int CONCEPT = 0x27D4EB2F;

    /** Characters between two phrases beyond which they have nothing to do with each other. */
    private static final int FAR = 90;

    /** How often a concept counts, as there are far fewer of them than of character sequences. */
    private static final int WEIGHT = 3;

    @Override
    public int segments() {
        return Math.max(1, (text.length() + SEGMENT - 1) / SEGMENT);
    }

    @Override
    public void read(Sink sink) {
        concepts(sink);
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

    /** What is spoken of, alone and after what was spoken of before: the same in every language. */
    private void concepts(Sink sink) {
        long before = 0;
        long beforeThat = 0;
        int last = -1;
        int lastEnd = -FAR;
        for (int i = 0; i < hits.count(); i++) {
            int start = hits.start(i);
            if (start == last) {
                continue; // a longer phrase with the same beginning comes later and is better
            }
            while (i + 1 < hits.count() && hits.start(i + 1) == start) {
                i++;
            }
            last = start;
            long concept = hits.concepts(i) & ~Concept.DROP_AFTER.bit();
            if (start - lastEnd > FAR) {
                before = 0;
                beforeThat = 0;
            }
            lastEnd = hits.end(i);
            int segment = start / SEGMENT;
            for (int k = 0; k < WEIGHT; k++) {
                sink.feature(segment, number(hash(concept) * CONCEPT));
                if (before != 0) {
                    sink.feature(segment, number((hash(concept) * 31 + hash(before)) * CONCEPT + 1));
                }
                if (beforeThat != 0) {
                    sink.feature(segment, number((hash(concept) * 31 + hash(beforeThat)) * CONCEPT + 2));
                }
            }
            beforeThat = before;
            before = concept;
        }
    }

    private static int hash(long concept) {
        return (int) ((concept * 0x9E3779B97F4A7C15L) >>> 32);
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
