package com.keeptrusts.gateway.policy.pii;

/** Groups of digits that may be a phone number, and how they are written. */
record PhoneCandidate(Block block, int first, int last) {

    private static final int WIDEST_GAP = 3;

    /** Whether only what is usual in phone numbers stands between a group and the next one. */
    static boolean joined(Block block, int group) {
        int from = block.groupEnd(group);
        int to = block.groupStart(group + 1);
        if (block.groupKind(group + 1) != Block.DIGITS || to - from > WIDEST_GAP) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = block.at(i);
            if (!Chars.gap(c) && !Chars.hyphen(c) && "./()".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** How many digits it has. */
    int length() {
        int length = 0;
        for (int group = first; group <= last; group++) {
            length += block.groupLength(group);
        }
        return length;
    }

    String digits() {
        var digits = new StringBuilder(length());
        for (int group = first; group <= last; group++) {
            for (int i = block.groupStart(group); i < block.groupEnd(group); i++) {
                digits.append(block.at(i));
            }
        }
        return digits.toString();
    }

    /** The digits behind the two zeros that lead abroad. */
    String withoutExit() {
        String digits = digits();
        return digits.startsWith("00") ? digits.substring(2) : digits;
    }

    /** With the plus sign and the bracket before it. */
    int start() {
        int start = block.groupStart(first);
        if (block.at(start - 1) == '(') {
            start--;
        }
        if (block.at(start - 1) == '+') {
            start--;
        }
        return start >= block.start() ? start : block.groupStart(first);
    }

    int end() {
        return block.groupEnd(last);
    }

    boolean international() {
        return block.at(start()) == '+' && !Chars.alnum(block.at(start() - 1));
    }

    /** Whether it ends where a number can end, and is neither a date nor a fraction. */
    boolean complete() {
        return block.clearRight(end()) && balanced() && !date() && !fraction();
    }

    private boolean date() {
        if (last - first != 2 || length() != 8 || international()) {
            return false;
        }
        boolean yearFirst = block.groupLength(first) == 4 && block.groupLength(last) == 2;
        return yearFirst || (block.groupLength(first) == 2 && block.groupLength(last) == 4);
    }

    /** Two groups around a point, as in 0.995773256. */
    private boolean fraction() {
        return last - first == 1 && !international() && block.at(block.groupEnd(first)) == '.';
    }

    private boolean balanced() {
        int open = 0;
        for (int i = start(); i < end(); i++) {
            open += block.at(i) == '(' ? 1 : block.at(i) == ')' ? -1 : 0;
        }
        return open == 0;
    }

    /** The digits without the zero that many write in brackets behind the country's code. */
    String withoutTrunk() {
        String digits = digits();
        for (int group = first + 1, at = block.groupLength(first); group <= last; group++) {
            int start = block.groupStart(group);
            if (block.groupLength(group) == 1 && block.at(start) == '0' && block.at(start + 1) == ')') {
                return digits.substring(0, at) + digits.substring(at + 1);
            }
            at += block.groupLength(group);
        }
        return digits;
    }

    boolean grouped() {
        return last > first;
    }

    private boolean isolated() {
        boolean left = first > 0 && block.groupKind(first - 1) == Block.DIGITS;
        boolean right = last + 1 < block.groups() && block.groupKind(last + 1) == Block.DIGITS;
        return !left && !right;
    }

    /** Three, three and four digits. */
    boolean american() {
        return last - first == 2
                && block.groupLength(first) == 3
                && block.groupLength(first + 1) == 3
                && block.groupLength(last) == 4
                && block.at(block.groupEnd(first + 1)) != ' '
                && isolated();
    }

    /** Three, three, two and two digits, as in Turkey and many countries to the east of it. */
    private boolean turkish() {
        return last - first == 3
                && block.groupLength(first) == 3
                && block.groupLength(first + 1) == 3
                && block.groupLength(first + 2) == 2
                && block.groupLength(last) == 2;
    }

    /** An area code in brackets and two groups after it. */
    private boolean bracketed() {
        return block.at(start()) == '(' && last - first == 2 && Chars.within(length(), 9, 11);
    }

    /** Whether it is written as a national number: a trunk zero, and groups as people speak them, or a mobile number's length. */
    boolean likely() {
        if (!isolated()) {
            return false;
        }
        char zero = block.at(block.groupStart(first));
        boolean abroad = zero == '0' && block.at(block.groupStart(first) + 1) == '0' && length() > 9;
        boolean trunk = zero == '0' && Chars.within(length(), 10, 11) && last - first <= 5;
        return american() || turkish() || bracketed() || abroad || trunk;
    }
}
