package com.keeptrusts.gateway.policy.pii;

/** Reads the word at an index: a run of characters without a break, cut at {@link Sweep#LONGEST_RUN}. Reused. */
final class WordReader {

    static final int NEED_MORE = -1;

    static final int HAS_DIGIT = 1;
    static final int HAS_LETTER = 2;
    static final int HAS_LOWER = 4;
    static final int HAS_AT = 8;
    static final int HAS_COLON = 16;
    static final int HAS_MARK = 32;

    private static final int SECRET_LENGTH = 16;
    private static final byte[] FEATURES = new byte[128];

    static {
        for (char c = 0; c < 128; c++) {
            boolean special = c == '@' || c == ':';
            FEATURES[c] = (byte)
                    (Chars.digit(c)
                            ? HAS_DIGIT
                            : Chars.upper(c)
                                    ? HAS_LETTER
                                    : Chars.lower(c)
                                            ? HAS_LETTER | HAS_LOWER
                                            : special ? HAS_MARK | (c == '@' ? HAS_AT : HAS_COLON) : HAS_MARK);
        }
    }

    private int start;
    private int end;
    private int features;

    /** Reads the word at {@code at}; answers its end, or {@link #NEED_MORE} when the text so far does not tell. */
    int read(char[] text, int at, int limit, boolean complete) {
        start = at;
        features = 0;
        int cap = at + Sweep.LONGEST_RUN;
        int i = at;
        while (i < limit && i < cap) {
            char c = text[i];
            if (c < 128 && !Chars.breaks(c)) {
                features |= FEATURES[c];
            } else if (c >= 128 && !Chars.breaks(c)) {
                features |= Chars.letter(c) ? HAS_LETTER | HAS_LOWER : HAS_MARK;
            } else if (c != '\'' || !inName(text, i, limit)) {
                return finish(text, i, limit, complete);
            } else if (i + 1 >= limit && !complete) {
                return NEED_MORE;
            }
            i++;
        }
        return finish(text, i, limit, complete);
    }

    /** An apostrophe between letters, as in o'reilly@example.org; also when what follows is not known yet. */
    private boolean inName(char[] text, int i, int limit) {
        return i > start && Chars.letter(text[i - 1]) && (i + 1 >= limit || Chars.letter(text[i + 1]));
    }

    /** Takes the padding of a base64 value into the word; one character behind the word must be known. */
    private int finish(char[] text, int stop, int limit, boolean complete) {
        end = stop;
        if (length() >= SECRET_LENGTH && length() < Sweep.LONGEST_RUN) {
            while (end < stop + 2 && end < limit && text[end] == '=') {
                end++;
            }
        }
        return end >= limit && !complete ? NEED_MORE : end;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int length() {
        return end - start;
    }

    boolean has(int feature) {
        return (features & feature) != 0;
    }

    /** A word of letters and punctuation in which no detector can find anything by itself. */
    boolean plain() {
        return (features & (HAS_DIGIT | HAS_AT | HAS_COLON)) == 0 && length() < SECRET_LENGTH;
    }
}
