package com.keeptrusts.gateway.policy.pii;

/**
 * Reads full-width letters, digits and what stands between them in values, and the decimal digits of other scripts as ASCII, one character for one, so that places stay
 * what they are: a card number is one in whatever digits it is written.
 */
final class Digits {

    private static final char FIRST_FULL_WIDTH = '\uFF01';
    private static final char LAST_FULL_WIDTH = '\uFF5E';
    private static final int TO_ASCII = FIRST_FULL_WIDTH - '!';

    /** Signs that stand within values; others part them, and are left as they are. */
    private static final String WITHIN_VALUES = "@.-_+";

    /** The first decimal digit beyond ASCII, ARABIC-INDIC DIGIT ZERO. */
    private static final char FIRST_OTHER = '\u0660';

    private Digits() {}

    /** The text itself when {@code [from, to)} has nothing to fold; else a copy. */
    static char[] inAscii(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] >= FIRST_OTHER && ascii(text[i]) != text[i]) {
                return folded(text, i, to);
            }
        }
        return text;
    }

    private static char[] folded(char[] text, int from, int to) {
        char[] folded = text.clone();
        for (int i = from; i < to; i++) {
            folded[i] = text[i] >= FIRST_OTHER ? ascii(text[i]) : text[i];
        }
        return folded;
    }

    private static char ascii(char c) {
        if (c >= FIRST_FULL_WIDTH) {
            char narrow = c <= LAST_FULL_WIDTH ? (char) (c - TO_ASCII) : c;
            boolean within = Chars.alnum(narrow) || WITHIN_VALUES.indexOf(narrow) >= 0;
            return within ? narrow : c;
        }
        int digit = isUnspacedOrHangul(c) ? -1 : Character.digit(c, 10);
        return digit < 0 ? c : (char) ('0' + digit);
    }

    /** The large blocks without digits, passed quickly. */
    private static boolean isUnspacedOrHangul(char c) {
        return c >= 0x3000 && c <= 0xD7FF;
    }
}
