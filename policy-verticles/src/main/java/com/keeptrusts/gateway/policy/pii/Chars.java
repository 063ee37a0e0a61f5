package com.keeptrusts.gateway.policy.pii;

/** Sorts characters into those that can stand inside a value and those that end one. */
final class Chars {

    private static final String BREAKS = "\"';<>[]{}|`,\\=";
    /** Year, month and day in Chinese, Japanese and Korean. */
    private static final String DATE_MARKS = "年月日년월일";

    private static final byte BREAK = 0;
    private static final byte LETTER = 1;
    private static final byte DIGIT = 2;
    private static final byte MARK = 3;
    private static final byte[] ASCII = new byte[128];
    private static final boolean[] TELLING = new boolean[128];

    static {
        for (char c = 0; c < 128; c++) {
            boolean letter = lower(c) || upper(c);
            boolean digit = c >= '0' && c <= '9';
            TELLING[c] = digit || c == '@' || c == ':' || c == '*';
            ASCII[c] = letter ? LETTER : digit ? DIGIT : c <= ' ' || c == 127 || BREAKS.indexOf(c) >= 0 ? BREAK : MARK;
        }
    }

    private Chars() {}

    static boolean within(int value, int least, int most) {
        return value >= least && value <= most;
    }

    private static byte kind(char c) {
        return c < 128 ? ASCII[c] : foreign(c);
    }

    /** Scripts written without spaces end a value, so that a number inside a Chinese sentence stands alone. */
    private static byte foreign(char c) {
        if (isHyphen(c) || DATE_MARKS.indexOf(c) >= 0) {
            return MARK;
        }
        boolean breaks = c < 0xC0
                || c == 0xD7
                || c == 0xF7
                || within(c, 0x0E00, 0x0EFF)
                || within(c, 0x1000, 0x109F)
                || within(c, 0x1780, 0x17FF)
                || within(c, 0x2000, 0x2BFF)
                || c >= 0x2E00;
        return breaks ? BREAK : LETTER;
    }

    static boolean breaks(char c) {
        return kind(c) == BREAK;
    }

    /** Whether a word with this character can hold a value by itself. */
    static boolean telling(char c) {
        return c < 128 && TELLING[c];
    }

    static boolean letter(char c) {
        return kind(c) == LETTER;
    }

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean alnum(char c) {
        byte kind = kind(c);
        return kind == LETTER || kind == DIGIT;
    }

    static boolean latin(char c) {
        return lower(c) || upper(c);
    }

    static boolean upper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean lower(char c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean hex(char c) {
        return digit(c) || within(c, 'a', 'f') || within(c, 'A', 'F');
    }

    /** A space that can stand inside a number: no tab, no line end. */
    static boolean gap(char c) {
        return c == ' ' || c == 0xA0 || c == 0x2007 || c == 0x2009 || c == 0x202F;
    }

    static boolean isHyphen(char c) {
        return within(c, 0x2010, 0x2013) || c == 0x2212;
    }

    static boolean hyphen(char c) {
        return c == '-' || isHyphen(c);
    }

    static char fold(char c) {
        if (c < 128) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        return Character.toLowerCase(c);
    }
}
