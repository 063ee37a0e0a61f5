package com.keeptrusts.gateway.policy.pii;

import static com.keeptrusts.gateway.policy.pii.CheckDigits.monthAndDay;
import static com.keeptrusts.gateway.policy.pii.NumberRule.code;

import java.util.List;
import java.util.function.Predicate;

/** Personal numbers of countries that write them with letters. */
final class NationalCodes {

    static final List<NumberRule> ALL = List.of(
            rule(18, NationalCodes::chinese, 0.8),
            rule(18, NationalCodes::mexican, 0.8),
            rule(16, NationalCodes::italian, 0.85),
            rule(9, NationalCodes::spanish, 0.55),
            rule(9, NationalCodes::spanishForeigner, 0.7),
            rule(10, NationalCodes::finnishDashed, 0.8),
            rule(11, NationalCodes::finnish, 0.6),
            rule(9, run -> british(run) && !run.solid(), 0.7),
            rule(9, NationalCodes::british, 0.45),
            rule(9, NationalCodes::singaporean, 0.6),
            rule(10, run -> matches(run, "AAAAA9999A") && "PCHFATBLJG".indexOf(run.charAt(3)) >= 0, 0.4),
            rule(10, run -> matches(run, "AAA9999999"), 0.3),
            rule(8, NationalCodes::irish, 0.4),
            rule(9, run -> irish(run) && Chars.upper(run.charAt(8)), 0.4),
            rule(8, run -> chilean(run) && run.shape() == 1331, 0.85),
            rule(9, run -> chilean(run) && run.shape() == 2331, 0.85),
            rule(8, NationalCodes::chilean, 0.3),
            rule(9, NationalCodes::chilean, 0.3),
            rule(8, NationalCodes::hongKong, 0.3),
            rule(10, NationalCodes::taiwanese, 0.5),
            rule(12, run -> matches(run, "99999999A999") && monthAndDay(run.number(4, 6), run.number(2, 4)), 0.3),
            rule(13, run -> matches(run, "AAAA999999***") && monthAndDay(run.number(6, 8), run.number(8, 10)), 0.3),
            rule(9, run -> matches(run, "AA9999999") || matches(run, "AA99999AA"), 0.3));

    private static final String NIF_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String HETU_LETTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private static final int[] CHINESE_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHINESE_CHECKS = "10X98765432";

    private NationalCodes() {}

    /** @param alone what the code is worth without a cue */
    private static NumberRule rule(int length, Predicate<Run> valid, double alone) {
        return code(PiiType.NATIONAL_ID, length, length, run -> {
            if (!valid.test(run) || !run.clear()) {
                return 0;
            }
            return run.near(Cue.NATIONAL_ID) ? 0.85 : run.near(Cue.THING) ? 0 : alone;
        });
    }

    /** A stands for a letter, 9 for a digit, * for either. */
    static boolean matches(Run run, String pattern) {
        if (run.length() != pattern.length()) {
            return false;
        }
        for (int i = 0; i < pattern.length(); i++) {
            char c = run.charAt(i);
            boolean fits = switch (pattern.charAt(i)) {
                case 'A' -> Chars.upper(c);
                case '9' -> Chars.digit(c);
                default -> Chars.upper(c) || Chars.digit(c);
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    static boolean chineseCheck(Run run) {
        int sum = 0;
        for (int i = 0; i < CHINESE_WEIGHTS.length; i++) {
            sum += CHINESE_WEIGHTS[i] * run.digit(i);
        }
        return CHINESE_CHECKS.charAt(sum % 11) == run.charAt(17);
    }

    private static boolean chinese(Run run) {
        return matches(run, "99999999999999999A")
                && monthAndDay(run.number(10, 12), run.number(12, 14))
                && chineseCheck(run);
    }

    private static boolean mexican(Run run) {
        return matches(run, "AAAA999999AAAAAA**")
                && monthAndDay(run.number(6, 8), run.number(8, 10))
                && "HMX".indexOf(run.charAt(10)) >= 0;
    }

    /** Letters may stand for digits where two people would share a code; the last letter checks all others. */
    private static boolean italian(Run run) {
        if (!matches(run, "AAAAAA**A**A***A") || "ABCDEHLMPRST".indexOf(run.charAt(8)) < 0) {
            return false;
        }
        String odd = "BAKPLCQDREVOSFTGUHMINJWZYX";
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char c = run.charAt(i);
            int value = Chars.digit(c) ? c - '0' : c - 'A';
            sum += i % 2 == 1 ? value : odd.indexOf((char) ('A' + value));
        }
        return sum % 26 == run.charAt(15) - 'A';
    }

    private static boolean spanish(Run run) {
        return matches(run, "99999999A") && NIF_LETTERS.charAt(run.number(0, 8) % 23) == run.charAt(8);
    }

    private static boolean spanishForeigner(Run run) {
        int series = "XYZ".indexOf(run.charAt(0));
        return series >= 0
                && matches(run, "A9999999A")
                && NIF_LETTERS.charAt((series * 10_000_000 + run.number(1, 8)) % 23) == run.charAt(8);
    }

    private static boolean finnishDashed(Run run) {
        boolean written = (run.shape() == 64 && (Chars.hyphen(run.separator()) || run.separator() == '+'));
        return written && finnish(run, 6);
    }

    private static boolean finnish(Run run) {
        return "ABCDEFYXWVU".indexOf(run.charAt(6)) >= 0 && finnish(run, 7);
    }

    private static boolean finnish(Run run, int serial) {
        for (int i = 0; i < serial + 3; i++) {
            if (!Chars.digit(run.charAt(i)) && (i != 6 || serial == 6)) {
                return false;
            }
        }
        long number = run.number(0, 6) * 1000L + run.number(serial, serial + 3);
        return monthAndDay(run.number(2, 4), run.number(0, 2))
                && HETU_LETTERS.charAt((int) (number % 31)) == run.charAt(serial + 3);
    }

    private static boolean british(Run run) {
        char first = run.charAt(0);
        char second = run.charAt(1);
        return matches(run, "AA999999A")
                && "DFIQUV".indexOf(first) < 0
                && "DFIQUVO".indexOf(second) < 0
                && "BG GB NK KN TN NT ZZ".indexOf(new String(new char[] {first, second})) < 0
                && run.charAt(8) <= 'D';
    }

    private static boolean singaporean(Run run) {
        if (!matches(run, "A9999999A") || "STFGM".indexOf(run.charAt(0)) < 0) {
            return false;
        }
        int[] weights = {2, 7, 6, 5, 4, 3, 2};
        int sum = "TG".indexOf(run.charAt(0)) >= 0 ? 4 : run.charAt(0) == 'M' ? 3 : 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * run.digit(i + 1);
        }
        String checks = switch (run.charAt(0)) {
            case 'S', 'T' -> "JZIHGFEDCBA";
            case 'F', 'G' -> "XWUTRQPNMLK";
            default -> "XWUTRQPNJLK";
        };
        return checks.charAt(sum % 11) == run.charAt(8);
    }

    private static boolean irish(Run run) {
        for (int i = 0; i < 7; i++) {
            if (!Chars.digit(run.charAt(i))) {
                return false;
            }
        }
        int extra = run.length() == 9 && Chars.upper(run.charAt(8)) ? (run.charAt(8) - 'A' + 1) * 9 : 0;
        int sum = CheckDigits.weighted(run, 8, 7, 6, 5, 4, 3, 2) + extra;
        return "WABCDEFGHIJKLMNOPQRSTUV".charAt(sum % 23) == run.charAt(7);
    }

    private static boolean chilean(Run run) {
        int last = run.length() - 1;
        int sum = 0;
        for (int i = last - 1, weight = 2; i >= 0; i--, weight = weight == 7 ? 2 : weight + 1) {
            if (!Chars.digit(run.charAt(i))) {
                return false;
            }
            sum += weight * run.digit(i);
        }
        return "0K987654321".charAt(sum % 11) == run.charAt(last);
    }

    private static boolean hongKong(Run run) {
        if (!matches(run, "A999999*")) {
            return false;
        }
        int sum = 36 * 9 + (run.charAt(0) - 'A' + 10) * 8;
        for (int i = 1; i < 7; i++) {
            sum += run.digit(i) * (8 - i);
        }
        int check = (11 - sum % 11) % 11;
        return (check == 10 ? 'A' : (char) ('0' + check)) == run.charAt(7);
    }

    private static boolean taiwanese(Run run) {
        if (!matches(run, "A999999999")) {
            return false;
        }
        int city = "ABCDEFGHJKLMNPQRSTUVXYWZIO".indexOf(run.charAt(0)) + 10;
        int sum = city / 10 + city % 10 * 9;
        for (int i = 1; i < 9; i++) {
            sum += run.digit(i) * (9 - i);
        }
        return run.digit(1) <= 2 && run.digit(1) > 0 && (sum + run.digit(9)) % 10 == 0;
    }
}
