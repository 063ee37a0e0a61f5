package com.keeptrusts.gateway.policy.pii;

/**
 * Consecutive groups of a block read as one number or code, without what separates them. It grows group by group, and
 * at each length the rules are asked.
 */
final class Run {

    static final int LONGEST = 34;

    private static final int MOST_GROUPS = 10;
    /** No identifier is written in more groups of one or two in a row. */
    private static final int MOST_PAIRS = 5;

    private final char[] code = new char[LONGEST];
    private final int[] lengths = new int[MOST_GROUPS];

    private final Block block;
    private int first;
    private int groups;
    private int length;
    private int digits;
    private int shape;
    private char separator;
    private boolean uniform;
    private int pairs;

    Run(Block block) {
        this.block = block;
    }

    /** Starts with one group; false when the group is too long for any number. */
    boolean start(int group) {
        first = group;
        groups = 0;
        length = 0;
        digits = 0;
        shape = 0;
        separator = 0;
        uniform = true;
        pairs = 0;
        return take(group);
    }

    /** Goes on with the next group when one separator leads to it. */
    boolean grow() {
        int next = first + groups;
        if (next >= block.groups() || groups == MOST_GROUPS) {
            return false;
        }
        int gap = block.groupEnd(next - 1);
        char between = block.at(gap);
        if (block.groupStart(next) != gap + 1 || !separates(between)) {
            return false;
        }
        uniform &= separator == 0 || separator == between;
        separator = between;
        return take(next);
    }

    private static boolean separates(char c) {
        return Chars.gap(c) || Chars.hyphen(c) || c == '.' || c == '/' || c == '+';
    }

    private boolean take(int group) {
        int size = block.groupLength(group);
        if (length + size > LONGEST || (size == 1 && groups > 0 && lengths[groups - 1] == 1) || pairs == MOST_PAIRS) {
            return false;
        }
        pairs = size > 2 ? 0 : pairs + 1;
        for (int i = block.groupStart(group); i < block.groupEnd(group); i++) {
            char c = block.at(i);
            code[length++] = Chars.lower(c) ? (char) (c - 32) : c;
            digits += Chars.digit(c) ? 1 : 0;
        }
        lengths[groups++] = size;
        shape = shape * 10 + Math.min(size, 9);
        return true;
    }

    Block block() {
        return block;
    }

    int start() {
        return block.groupStart(first);
    }

    int end() {
        return block.groupEnd(first + groups - 1);
    }

    int length() {
        return length;
    }

    int groups() {
        return groups;
    }

    int groupLength(int index) {
        return lengths[index];
    }

    boolean allDigits() {
        return digits == length;
    }

    int digits() {
        return digits;
    }

    char charAt(int index) {
        return code[index];
    }

    int digit(int index) {
        return code[index] - '0';
    }

    /** Whether no group is a word in small letters, which would rather belong to the sentence. */
    boolean capital() {
        for (int group = first; group < first + groups; group++) {
            if (block.groupKind(group) == Block.LETTERS && Chars.lower(block.at(block.groupStart(group)))) {
                return false;
            }
        }
        return true;
    }

    /** The number that stands in {@code [from, to)}. */
    int number(int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + digit(i);
        }
        return value;
    }

    String code() {
        return new String(code, 0, length);
    }

    /** The lengths of the groups as decimal digits, as in 324 for a social security number. */
    int shape() {
        return groups > 8 ? 0 : shape;
    }

    char separator() {
        return separator;
    }

    boolean uniform() {
        return uniform;
    }

    boolean solid() {
        return groups == 1;
    }

    /** Whether no character of a longer number or name touches either end. */
    boolean clear() {
        return block.clearLeft(start()) && block.clearRight(end());
    }

    /** Whether, besides, no further group of digits stands next to it in the block. */
    boolean isolated() {
        int after = first + groups;
        boolean left =
                first > 0 && block.groupKind(first - 1) == Block.DIGITS && block.groupEnd(first - 1) == start() - 1;
        boolean right = after < block.groups()
                && block.groupKind(after) == Block.DIGITS
                && block.groupStart(after) == end() + 1;
        return clear() && !left && !right;
    }

    boolean near(Cue cue) {
        return block.near(cue, start());
    }

    boolean around(Cue cue) {
        return block.around(cue, start());
    }
}
