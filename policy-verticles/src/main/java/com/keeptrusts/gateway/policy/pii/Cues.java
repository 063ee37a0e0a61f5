package com.keeptrusts.gateway.policy.pii;

import java.util.Arrays;

/** The cue words in a block and in the context before it, looked up when a rule first asks. */
final class Cues {

    /** How far before a value a cue may stand. */
    static final int CONTEXT = 64;

    private static final int NEAR = 40;
    private static final int CLOSE = 12;

    private int[] bits = new int[16];
    private int[] ends = new int[16];
    private int count;
    private boolean known;
    private int ahead;

    /** Starts with a new block. */
    void start() {
        ahead = 0;
        known = false;
    }

    void follow(int bits) {
        ahead = bits;
    }

    /** Whether it is said behind the block what the block was, as in "… is my passport number". */
    boolean follows(Cue cue) {
        return (ahead & cue.bit()) != 0;
    }

    /** Whether a cue ends shortly before {@code index}, with no digit between. */
    boolean near(Block block, int index, Cue cue) {
        int end = last(block, index, cue);
        if (end < 0 || index - end > NEAR) {
            return false;
        }
        for (int i = end; i < index; i++) {
            if (Chars.digit(block.at(i))) {
                return false;
            }
        }
        return true;
    }

    boolean close(Block block, int index, Cue cue) {
        int end = last(block, index, cue);
        return end >= 0 && index - end <= CLOSE;
    }

    boolean around(Block block, int index, Cue cue) {
        int end = last(block, index, cue);
        return end >= 0 && index - end <= CONTEXT;
    }

    /** Where the last word for a cue ends that ends before {@code index}, or -1. */
    private int last(Block block, int index, Cue cue) {
        if (!known) {
            known = true;
            count = 0;
            block.mark(this::note);
        }
        int last = -1;
        for (int i = 0; i < count; i++) {
            if ((bits[i] & cue.bit()) != 0 && ends[i] <= index) {
                last = Math.max(last, ends[i]);
            }
        }
        return last;
    }

    private void note(int cues, int end) {
        if (count == bits.length) {
            bits = Arrays.copyOf(bits, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        bits[count] = cues;
        ends[count++] = end;
    }
}
