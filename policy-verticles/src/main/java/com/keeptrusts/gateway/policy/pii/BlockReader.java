package com.keeptrusts.gateway.policy.pii;

/**
 * Finds where a block ends: behind its first word, or behind the last of several that may make up one value, as in
 * {@code 4012 8888 8888 1881}, {@code April 19, 1977} or {@code DE89 3704 0044}. Whether words belong together is told
 * by their shape alone, so prose leaves word by word.
 */
final class BlockReader {

    static final int NEED_MORE = WordReader.NEED_MORE;

    private static final int LONGEST_JOINED = 40;

    private final WordReader word = new WordReader();
    private boolean plain;
    private boolean capped;
    private boolean accountLike;
    private boolean dated;

    /** Answers the end of the block that starts at {@code at}, or {@link #NEED_MORE}. */
    int read(char[] text, int at, int limit, boolean complete) {
        capped = false;
        dated = false;
        accountLike = false;
        int end = word.read(text, at, limit, complete);
        if (end == NEED_MORE) {
            return NEED_MORE;
        }
        plain = word.plain();
        capped = end - at >= Sweep.LONGEST_RUN;
        WordShape shape = plain ? WordShape.opening(text, at, end) : shape(text, at, end);
        dated = shape == WordShape.MONTH;
        return shape.opens() ? extend(text, at, end, shape, limit, complete) : end;
    }

    private int extend(char[] text, int at, int first, WordShape opening, int limit, boolean complete) {
        int end = first;
        WordShape shape = opening;
        while (true) {
            int next = nextWord(text, end, shape, limit, complete);
            if (next < 0) {
                return next == NEED_MORE ? NEED_MORE : end;
            }
            int nextEnd = joinedEnd(text, next, limit, complete);
            if (nextEnd == NEED_MORE) {
                return NEED_MORE;
            }
            WordShape following = nextEnd - next > LONGEST_JOINED ? WordShape.OTHER : shape(text, next, nextEnd);
            if (!shape.joins(following, accountLike)) {
                return end;
            }
            plain = false;
            if (nextEnd - at > Sweep.LONGEST_BLOCK) {
                capped = true;
                return end;
            }
            end = nextEnd;
            shape = following;
        }
    }

    /** The start of the next word when a single gap, or the comma of a date, leads to it; -2 when the block ends here. */
    private int nextWord(char[] text, int end, WordShape shape, int limit, boolean complete) {
        int next = end;
        if (next < limit && text[next] == ',' && dated && shape == WordShape.NUMBER) {
            next++;
        }
        if (next < limit && !Chars.gap(text[next])) {
            return -2;
        }
        if (next + 1 >= limit) {
            return complete ? -2 : NEED_MORE;
        }
        return Chars.breaks(text[next + 1]) ? -2 : next + 1;
    }

    /** The end of the next word; a word too long to be joined needs no end. */
    private int joinedEnd(char[] text, int next, int limit, boolean complete) {
        int end = next;
        while (end < limit && end - next <= LONGEST_JOINED && !Chars.breaks(text[end])) {
            end++;
        }
        return end >= limit && end - next <= LONGEST_JOINED && !complete ? NEED_MORE : end;
    }

    private WordShape shape(char[] text, int from, int to) {
        WordShape shape = WordShape.of(text, from, to);
        dated |= shape == WordShape.MONTH;
        accountLike |= shape == WordShape.NUMBER && Chars.latin(text[WordShape.value(text, from, to)]);
        return shape;
    }

    /** Whether the block is one word in which no detector can find anything by itself. */
    boolean plain() {
        return plain;
    }

    /** Whether the block was cut off at its limit, so that more of the same may follow. */
    boolean capped() {
        return capped;
    }
}
