package com.keeptrusts.gateway.policy.pii;

/** Reads the word at an index: a run of characters without a break, cut at {@link Sweep#LONGEST_RUN}. Reused. */
final class WordReader {

    static final int NEED_MORE = -1;

    /** Shorter runs without digits and signs hold no secret. */
    private static final int SECRET_LENGTH = 16;

    private int start;
    private int end;
    private boolean telling;

    /** Reads the word at {@code at}; answers its end, or {@link #NEED_MORE} when the text so far does not tell. */
    int read(char[] text, int at, int limit, boolean complete) {
        start = at;
        telling = false;
        int stop = Math.min(limit, at + Sweep.LONGEST_RUN);
        int i = at;
        while (i < stop) {
            char c = text[i];
            if (Chars.breaks(c) && !(c == '\'' && inName(text, i, limit))) {
                break;
            }
            telling |= Chars.telling(c);
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
        if (Chars.within(stop - start, SECRET_LENGTH, Sweep.LONGEST_RUN - 1)) {
            while (end < stop + 2 && end < limit && text[end] == '=') {
                end++;
            }
        }
        return end >= limit && !complete ? NEED_MORE : end;
    }

    /** A word of letters and punctuation in which no detector can find anything by itself. */
    boolean plain() {
        return !telling && end - start < SECRET_LENGTH;
    }
}
