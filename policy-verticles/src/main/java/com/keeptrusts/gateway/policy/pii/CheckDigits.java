package com.keeptrusts.gateway.policy.pii;

/** The arithmetic by which identifiers guard against typing errors. */
final class CheckDigits {

    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int[][] DIHEDRAL = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
        {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
        {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
        {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
        {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
        {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
        {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
        {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
        {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
    };
    private static final int[][] PERMUTATION = new int[8][10];

    static {
        int[] step = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
        for (int digit = 0; digit < 10; digit++) {
            PERMUTATION[0][digit] = digit;
        }
        for (int row = 1; row < 8; row++) {
            for (int digit = 0; digit < 10; digit++) {
                PERMUTATION[row][digit] = step[PERMUTATION[row - 1][digit]];
            }
        }
    }

    private CheckDigits() {}

    /** Luhn's sum over {@code [from, to)}. */
    static boolean luhn(Run run, int from, int to) {
        return luhnSum(run, from, to) % 10 == 0;
    }

    static int luhnSum(Run run, int from, int to) {
        int sum = 0;
        boolean doubled = false;
        for (int i = to - 1; i >= from; i--) {
            int digit = run.digit(i);
            sum += doubled ? digit * 2 - (digit > 4 ? 9 : 0) : digit;
            doubled = !doubled;
        }
        return sum;
    }

    /** The sum of the first digits, each times its weight. */
    static int weighted(Run run, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += run.digit(i) * weights[i];
        }
        return sum;
    }

    static boolean verhoeff(Run run) {
        int check = 0;
        for (int i = run.length() - 1; i >= 0; i--) {
            check = DIHEDRAL[check][PERMUTATION[(run.length() - 1 - i) % 8][run.digit(i)]];
        }
        return check == 0;
    }

    /** ISO 7064 mod 11,10, with the check digit last. */
    static boolean hybrid11(Run run) {
        int product = 10;
        for (int i = 0; i < run.length() - 1; i++) {
            int sum = (run.digit(i) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == run.digit(run.length() - 1);
    }

    /** ISO 7064 mod 97,10 with the first four characters moved to the end, as account numbers have it. */
    static boolean mod97(Run run) {
        int rest = 0;
        for (int i = 0; i < run.length(); i++) {
            char c = run.charAt((i + 4) % run.length());
            if (Chars.digit(c)) {
                rest = (rest * 10 + c - '0') % 97;
            } else if (Chars.upper(c)) {
                rest = (rest * 100 + c - 'A' + 10) % 97;
            } else {
                return false;
            }
        }
        return rest == 1;
    }

    /** The remainder of the number in {@code [from, to)}. */
    static int remainder(Run run, int from, int to, int modulus) {
        long rest = 0;
        for (int i = from; i < to; i++) {
            rest = (rest * 10 + run.digit(i)) % modulus;
        }
        return (int) rest;
    }

    static boolean sameDigit(Run run) {
        for (int i = 1; i < run.length(); i++) {
            if (run.charAt(i) != run.charAt(0)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the calendar has such a day. */
    static boolean monthAndDay(int month, int day) {
        return month >= 1 && month <= 12 && day >= 1 && day <= DAYS[month - 1];
    }
}
