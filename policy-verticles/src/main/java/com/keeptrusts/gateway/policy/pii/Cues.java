package com.keeptrusts.gateway.policy.pii;

import java.util.Arrays;

/** Answers which cues stand before an index; remembers the last index asked, since many rules ask about the same. */
final class Cues {

    /** How far before a value a cue may stand. */
    static final int CONTEXT = 64;

    private static final int NEAR = 40;

    private final int[] ends = new int[Cue.COUNT];
    private int asked = -1;
    private int lastDigit;

    void forget() {
        asked = -1;
    }

    boolean near(char[] text, int floor, int index, Cue cue) {
        look(text, floor, index);
        int end = ends[cue.number()];
        return end >= 0 && index - end <= NEAR && end > lastDigit;
    }

    boolean around(char[] text, int floor, int index, Cue cue) {
        look(text, floor, index);
        return ends[cue.number()] >= 0;
    }

    private void look(char[] text, int floor, int index) {
        if (asked == index) {
            return;
        }
        asked = index;
        Arrays.fill(ends, -1);
        int from = Math.max(floor, index - CONTEXT);
        Lexicon.INSTALLED.mark(text, Math.max(floor, from - 1), from, index, ends);
        lastDigit = index - 1;
        while (lastDigit >= from && !Chars.digit(text[lastDigit])) {
            lastDigit--;
        }
    }
}
