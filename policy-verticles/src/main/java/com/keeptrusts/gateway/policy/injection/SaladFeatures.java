package com.keeptrusts.gateway.policy.injection;

/**
 * What tells token salad from text and code, each hashed to a number: sequences of three characters, and sequences of
 * shapes, in which a run of small letters, of capitals, of digits or of another script counts as one.
 */
record SaladFeatures(String text) implements Features {

    static final int BITS = 16;

    /** Characters of a segment; a window is two segments. */
    private static final int SEGMENT = 60;

    private static final int GRAM = 0x9E3779B1;
    private static final int SHAPE = 0x85EBCA6B;
    private static final int LONG_SHAPE = 0xC2B2AE35;
    private static final char SMALL = 'a';
    private static final char CAPITAL = 'A';
    private static final char DIGIT = '0';
    private static final char CYRILLIC = 'ж';
    private static final char UNSPACED = '字';
    private static final char OTHER = 'अ';

    @Override
    public int segments() {
        return Math.max(1, (text.length() + SEGMENT - 1) / SEGMENT);
    }

    @Override
    public void read(Sink sink) {
        int length = text.length();
        int grams = 0;
        long shapes = 0;
        char before = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            char shape = shape(c);
            int segment = i / SEGMENT;
            grams = (grams << 8) ^ (shape >= CYRILLIC ? shape : c);
            sink.feature(segment, number((grams & 0xFFFFFF) * GRAM));
            if (shape != before || !isRun(shape)) {
                shapes = (shapes << 8) | (shape & 0xFF);
                sink.feature(segment, number((int) (shapes & 0xFFFFFFFFL) * SHAPE));
                sink.feature(segment, number((int) (shapes ^ (shapes >>> 17)) * LONG_SHAPE));
            }
            before = shape;
        }
    }

    private static boolean isRun(char shape) {
        return switch (shape) {
            case SMALL, CAPITAL, DIGIT, CYRILLIC, UNSPACED, OTHER, ' ' -> true;
            default -> false;
        };
    }

    private static char shape(char c) {
        if (c < 128) {
            return c >= 'a' && c <= 'z' ? SMALL : c >= 'A' && c <= 'Z' ? CAPITAL : c >= '0' && c <= '9' ? DIGIT : c;
        }
        if (c < 0x250) {
            return Character.isUpperCase(c) ? CAPITAL : Character.isLetter(c) ? SMALL : c;
        }
        return c >= 0x400 && c < 0x530 ? CYRILLIC : FoldedText.isUnspaced(c) ? UNSPACED : OTHER;
    }

    private static int number(int hash) {
        int mixed = hash ^ (hash >>> 15);
        return (mixed * 0x2C1B3C6D) >>> (32 - BITS);
    }
}
