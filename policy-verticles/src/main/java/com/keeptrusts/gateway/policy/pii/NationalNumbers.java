package com.keeptrusts.gateway.policy.pii;

import static com.keeptrusts.gateway.policy.pii.CheckDigits.monthAndDay;
import static com.keeptrusts.gateway.policy.pii.CheckDigits.remainder;
import static com.keeptrusts.gateway.policy.pii.CheckDigits.weighted;
import static com.keeptrusts.gateway.policy.pii.NumberRule.digits;

import java.util.List;
import java.util.function.Predicate;

/**
 * Personal numbers of countries that write them in digits only. One whose check digits are right is reported behind a
 * cue; without one only where the way it is written is its own.
 */
final class NationalNumbers {

    static final List<NumberRule> ALL = List.of(
            cued(8, NationalNumbers::taxFile),
            cued(9, run -> taxFile(run) || canadian(run) || dutch(run) || portuguese(run) || israeli(run)),
            cued(10, run -> swedish(run, 0) || danish(run) || czech(run) || bulgarian(run) || polishTax(run)),
            cued(
                    11,
                    run -> belgian(run)
                            || brazilian(run)
                            || CheckDigits.hybrid11(run)
                            || norwegian(run)
                            || polish(run)),
            cued(11, run -> turkish(run) || baltic(run) || argentine(run) || greek(run) || russianInsurance(run)),
            cued(12, run -> aadhaar(run) || swedish(run, 2) || japanese(run) || malaysian(run) || russianTax(run)),
            cued(13, run -> korean(run) || thai(run) || southAfrican(run) || romanian(run) || yugoslav(run)),
            cued(14, run -> monthAndDay(run.number(3, 5), run.number(5, 7)) && run.digit(0) <= 3),
            cued(16, run -> monthAndDay(run.number(8, 10), run.number(6, 8) % 40)),
            cued(18, NationalNumbers::chinese),
            written(11, 3332, NationalNumbers::brazilian, 0.85),
            written(11, 22232, NationalNumbers::belgian, 0.85),
            written(13, 3442, NationalNumbers::swiss, 0.95),
            written(13, 14521, NationalNumbers::thai, 0.85),
            written(13, 67, NationalNumbers::koreanChecked, 0.6),
            written(10, 64, run -> swedish(run, 0), 0.55),
            written(15, 1222332, NationalNumbers::french, 0.9),
            written(15, 9, NationalNumbers::french, 0.7),
            written(13, 9, NationalNumbers::swiss, 0.7),
            written(18, 9, NationalNumbers::chinese, 0.8));

    private NationalNumbers() {}

    private static NumberRule cued(int length, Predicate<Run> valid) {
        return digits(
                PiiType.NATIONAL_ID,
                length,
                length,
                run -> run.near(Cue.NATIONAL_ID)
                                && (length > 10 || run.uniform())
                                && valid.test(run)
                                && run.isolated()
                                && !CheckDigits.sameDigit(run)
                        ? 0.85
                        : 0);
    }

    /** Needs no cue when its groups have these lengths. */
    private static NumberRule written(int length, int shape, Predicate<Run> valid, double score) {
        return digits(
                PiiType.NATIONAL_ID,
                length,
                length,
                run -> run.shape() == shape && valid.test(run) && run.isolated() && !run.near(Cue.THING) ? score : 0);
    }

    private static boolean taxFile(Run run) {
        int sum =
                run.length() == 9 ? weighted(run, 1, 4, 3, 7, 5, 8, 6, 9, 10) : weighted(run, 10, 7, 8, 4, 6, 3, 5, 1);
        return sum % 11 == 0;
    }

    private static boolean canadian(Run run) {
        return run.digit(0) > 0 && CheckDigits.luhn(run, 0, 9);
    }

    private static boolean dutch(Run run) {
        return weighted(run, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0;
    }

    private static boolean portuguese(Run run) {
        int check = 11 - weighted(run, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return (check > 9 ? 0 : check) == run.digit(8);
    }

    private static boolean israeli(Run run) {
        return CheckDigits.luhn(run, 0, 9);
    }

    private static boolean swedish(Run run, int century) {
        int day = run.number(century + 4, century + 6);
        boolean date = monthAndDay(run.number(century + 2, century + 4), day > 60 ? day - 60 : day);
        boolean years = century == 0 || Chars.within(run.number(0, 2), 18, 20);
        return date && years && CheckDigits.luhn(run, century, run.length());
    }

    /** Day, month, year; numbers given out since 2007 have no check digit. */
    private static boolean danish(Run run) {
        return run.shape() == 64 && monthAndDay(run.number(2, 4), run.number(0, 2));
    }

    /** Czech and Slovak; women have 50 added to the month. */
    private static boolean czech(Run run) {
        int month = run.number(2, 4) % 50;
        return monthAndDay(month > 20 ? month - 20 : month, run.number(4, 6)) && remainder(run, 0, 10, 11) == 0;
    }

    private static boolean bulgarian(Run run) {
        int check = weighted(run, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10;
        return monthAndDay(run.number(2, 4) % 20, run.number(4, 6)) && check == run.digit(9);
    }

    private static boolean polishTax(Run run) {
        return weighted(run, 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11 == run.digit(9);
    }

    private static boolean belgian(Run run) {
        int check = run.number(9, 11);
        int born = remainder(run, 0, 9, 97);
        int bornLater = (int) ((2_000_000_000L + run.number(0, 9)) % 97);
        return (check == 97 - born || check == 97 - bornLater) && run.number(2, 4) <= 52;
    }

    private static boolean brazilian(Run run) {
        int first = weighted(run, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        int second = weighted(run, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        return first == run.digit(9) && second == run.digit(10);
    }

    private static boolean norwegian(Run run) {
        return weighted(run, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
                && weighted(run, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }

    private static boolean polish(Run run) {
        boolean date = monthAndDay(run.number(2, 4) % 20, run.number(4, 6));
        return date && weighted(run, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0;
    }

    private static boolean turkish(Run run) {
        int odd = weighted(run, 1, 0, 1, 0, 1, 0, 1, 0, 1);
        int even = weighted(run, 0, 1, 0, 1, 0, 1, 0, 1);
        int tenth = Math.floorMod(odd * 7 - even, 10);
        return run.digit(0) > 0 && tenth == run.digit(9) && (odd + even + tenth) % 10 == run.digit(10);
    }

    /** Estonian and Lithuanian. */
    private static boolean baltic(Run run) {
        int check = weighted(run, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11;
        int again = weighted(run, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10;
        return monthAndDay(run.number(3, 5), run.number(5, 7)) && (check < 10 ? check : again) == run.digit(10);
    }

    private static boolean argentine(Run run) {
        int check = (11 - weighted(run, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11) % 11;
        return Chars.within(run.number(0, 2), 20, 34) && check == run.digit(10);
    }

    private static boolean greek(Run run) {
        return monthAndDay(run.number(2, 4), run.number(0, 2)) && CheckDigits.luhn(run, 0, 11);
    }

    private static boolean russianInsurance(Run run) {
        return weighted(run, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 101 % 100 == run.number(9, 11);
    }

    private static boolean russianTax(Run run) {
        int first = weighted(run, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10;
        int second = weighted(run, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10;
        return first == run.digit(10) && second == run.digit(11);
    }

    private static boolean aadhaar(Run run) {
        return run.digit(0) > 1 && CheckDigits.verhoeff(run);
    }

    private static boolean japanese(Run run) {
        int rest = weighted(run, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return (rest <= 1 ? 0 : 11 - rest) == run.digit(11);
    }

    private static boolean malaysian(Run run) {
        return monthAndDay(run.number(2, 4), run.number(4, 6)) && (run.shape() == 624 || run.solid());
    }

    /** Date of birth and century; numbers given out since 2020 have no check digit. */
    private static boolean korean(Run run) {
        return monthAndDay(run.number(2, 4), run.number(4, 6)) && (run.shape() == 67 || run.solid());
    }

    private static boolean koreanChecked(Run run) {
        int check = (11 - weighted(run, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5) % 11) % 10;
        return korean(run) && Chars.within(run.digit(6), 1, 8) && check == run.digit(12);
    }

    private static boolean thai(Run run) {
        int sum = weighted(run, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2);
        return run.digit(0) > 0 && (11 - sum % 11) % 10 == run.digit(12);
    }

    private static boolean southAfrican(Run run) {
        return monthAndDay(run.number(2, 4), run.number(4, 6)) && CheckDigits.luhn(run, 0, 13);
    }

    private static boolean romanian(Run run) {
        int check = weighted(run, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
        return monthAndDay(run.number(3, 5), run.number(5, 7)) && (check == 10 ? 1 : check) == run.digit(12);
    }

    private static boolean yugoslav(Run run) {
        int check = 11 - weighted(run, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return monthAndDay(run.number(2, 4), run.number(0, 2)) && (check > 9 ? 0 : check) == run.digit(12);
    }

    private static boolean swiss(Run run) {
        return run.number(0, 3) == 756 && weighted(run, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1) % 10 == 0;
    }

    private static boolean french(Run run) {
        int month = run.number(3, 5);
        boolean possible = run.digit(0) <= 2 && run.digit(0) > 0 && (month <= 12 || month >= 20);
        return possible && 97 - remainder(run, 0, 13, 97) == run.number(13, 15);
    }

    private static boolean chinese(Run run) {
        return monthAndDay(run.number(10, 12), run.number(12, 14)) && NationalCodes.chineseCheck(run);
    }
}
