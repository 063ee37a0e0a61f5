package com.keeptrusts.gateway.policy.pii;

/** Finds dates that a cue calls a date of birth; any other date is nobody's secret. */
final class BirthDateDetector implements Detector {

    private static final int WIDEST_GAP = 3;

    @Override
    public void look(Block block, Candidates found) {
        if (block.digits() < 4) {
            return;
        }
        for (int group = 0; group + 2 < block.groups(); group++) {
            int last = dateEnd(block, group);
            int start = block.groupStart(group);
            if (last > 0 && block.clearLeft(start) && block.near(Cue.BIRTH, start)) {
                found.add(PiiType.DATE_OF_BIRTH, start, block.groupEnd(last), 0.85);
                return;
            }
        }
    }

    /** The last group of the date that begins here, or -1. */
    private static int dateEnd(Block block, int first) {
        int second = next(block, first);
        int third = next(block, second);
        if (third < 0 || !block.clearRight(block.groupEnd(third))) {
            return -1;
        }
        int a = number(block, first);
        int b = number(block, second);
        int c = number(block, third);
        if (block.groupLength(first) == 4 && year(a)) {
            return CheckDigits.monthAndDay(b, c) ? third : -1;
        }
        if (!year(c) || (c < 100 && block.groupLength(third) != 2)) {
            return -1;
        }
        boolean named =
                (month(block, second) && Chars.within(a, 1, 31)) || (month(block, first) && Chars.within(b, 1, 31));
        boolean numbered = CheckDigits.monthAndDay(b, a) || CheckDigits.monthAndDay(a, b);
        return named || numbered ? third : -1;
    }

    /** The next group of a date, behind words like the Spanish "de". */
    private static int next(Block block, int group) {
        int next = group + 1;
        if (group >= 0 && next + 1 < block.groups() && shape(block, next) == WordShape.LINK) {
            next++;
        }
        if (group < 0 || next >= block.groups()) {
            return -1;
        }
        int gap = block.groupStart(next) - block.groupEnd(next - 1);
        return gap <= WIDEST_GAP ? next : -1;
    }

    private static WordShape shape(Block block, int group) {
        char[] word =
                block.slice(block.groupStart(group), block.groupEnd(group)).toCharArray();
        return WordShape.of(word, 0, word.length);
    }

    private static boolean month(Block block, int group) {
        return block.groupKind(group) == Block.LETTERS && shape(block, group) == WordShape.MONTH;
    }

    /** A number, also with the ending of an ordinal; -1 for anything else. */
    private static int number(Block block, int group) {
        int value = 0;
        int i = block.groupStart(group);
        int end = block.groupEnd(group);
        for (; i < end && Chars.digit(block.at(i)) && i - block.groupStart(group) < 4; i++) {
            value = value * 10 + block.at(i) - '0';
        }
        boolean ordinal = end - i == 2 && i > block.groupStart(group) && Chars.lower(block.at(i));
        return i == end || ordinal ? value : -1;
    }

    private static boolean year(int value) {
        return Chars.within(value, 1880, 2035) || Chars.within(value, 0, 99);
    }
}
