package com.keeptrusts.gateway.policy.pii;

import java.util.Arrays;

/**
 * The unit that detectors look at: one word, or several that may belong together, as the groups of a number do. Its
 * groups are its maximal runs of letters and digits. Reused from block to block.
 */
final class Block {

    static final int DIGITS = 1;
    static final int LETTERS = 2;
    static final int MIXED = 3;

    private static final int USUAL_GROUPS = 16;

    private final Cues cues;
    private final Run run = new Run(this);

    private int[] groupStart = new int[USUAL_GROUPS];
    private int[] groupEnd = new int[USUAL_GROUPS];
    private byte[] groupKind = new byte[USUAL_GROUPS];

    private char[] text = {};
    private int floor;
    private int start;
    private int end;
    private int readable;
    private int groups;
    private int digits;
    private boolean capped;

    Block(Cues cues) {
        this.cues = cues;
    }

    /** Points the block at {@code [start, end)}; nothing before {@code floor} or from {@code limit} on may be read. */
    void set(char[] text, int floor, int start, int end, int limit, boolean capped) {
        this.text = text;
        this.floor = floor;
        this.start = start;
        this.end = end;
        this.readable = Math.min(end + 1, limit);
        this.capped = capped;
        cues.start();
        split();
    }

    /** Hears of the cues behind the block that speak of it. */
    void follow(int bits) {
        cues.follow(bits);
    }

    private void split() {
        groups = 0;
        digits = 0;
        int at = start;
        while (at < end) {
            if (!Chars.alnum(text[at])) {
                at++;
                continue;
            }
            int from = at;
            int inside = 0;
            for (; at < end && Chars.alnum(text[at]); at++) {
                inside += Chars.digit(text[at]) ? 1 : 0;
            }
            add(from, at, inside == 0 ? LETTERS : inside == at - from ? DIGITS : MIXED);
            digits += inside;
        }
    }

    private void add(int from, int to, int kind) {
        if (groups == groupStart.length) {
            groupStart = Arrays.copyOf(groupStart, groups * 4);
            groupEnd = Arrays.copyOf(groupEnd, groups * 4);
            groupKind = Arrays.copyOf(groupKind, groups * 4);
        }
        groupStart[groups] = from;
        groupEnd[groups] = to;
        groupKind[groups++] = (byte) kind;
    }

    /** The run that rules for numbers read; one for all, as they read one after the other. */
    Run run() {
        return run;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Whether the block was cut off at its limit, so that more of the same may follow. */
    boolean capped() {
        return capped;
    }

    int digits() {
        return digits;
    }

    int groups() {
        return groups;
    }

    int groupStart(int group) {
        return groupStart[group];
    }

    int groupEnd(int group) {
        return groupEnd[group];
    }

    int groupLength(int group) {
        return groupEnd[group] - groupStart[group];
    }

    int groupKind(int group) {
        return groupKind[group];
    }

    /** The character at an index of the text; NUL outside of what a detector may read. */
    char at(int index) {
        return index >= floor && index < readable ? text[index] : 0;
    }

    String slice(int from, int to) {
        return new String(text, from, to - from);
    }

    /** Tells all cues in the context and in the block itself. */
    void mark(Lexicon.Found found) {
        int from = Math.max(floor, start - Cues.CONTEXT);
        Lexicon.INSTALLED.mark(text, floor, from, end, found);
    }

    /** Whether a cue of the kind stands shortly before an index, with no digit between. */
    boolean near(Cue cue, int index) {
        return cues.near(this, index, cue) || cues.follows(cue);
    }

    /** Whether a cue of the kind ends right before an index, but perhaps for a number that belongs to it. */
    boolean close(Cue cue, int index) {
        return cues.close(this, index, cue);
    }

    /** Whether a cue of the kind stands anywhere in the context before an index. */
    boolean around(Cue cue, int index) {
        return cues.around(this, index, cue) || cues.follows(cue);
    }

    /** Whether nothing that belongs to the same token touches a value on its left: no letter, no digit, no decimal point. */
    boolean clearLeft(int index) {
        char before = at(index - 1);
        if (Chars.alnum(before) || before == '_') {
            return false;
        }
        boolean joint = Chars.hyphen(before) || before == '.' || before == '/' || before == ':' || before == '+';
        return !joint || !(before == ':' ? Chars.digit(at(index - 2)) : Chars.alnum(at(index - 2)));
    }

    boolean clearRight(int index) {
        if (index >= end) {
            return !capped;
        }
        char after = at(index);
        if (Chars.alnum(after) || after == '_') {
            return false;
        }
        boolean joint = Chars.hyphen(after) || after == '.' || after == '/' || after == ':';
        return !joint || !(index + 1 < end && Chars.alnum(at(index + 1)));
    }
}
