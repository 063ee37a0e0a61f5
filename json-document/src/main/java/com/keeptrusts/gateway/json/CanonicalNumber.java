package com.keeptrusts.gateway.json;

import java.math.BigDecimal;
import java.math.MathContext;

/** A double as ECMAScript writes it, which RFC 8785 demands: the fewest digits that read back as the same number. */
final class CanonicalNumber {

    private CanonicalNumber() {}

    static String of(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("number: not finite (expected: a finite number)");
        }
        if (number == 0) {
            return "0";
        }
        BigDecimal shortest = shortest(Math.abs(number));
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        return (number < 0 ? "-" : "") + (point > -6 && point <= 21 ? plain(digits, point) : scientific(digits, point));
    }

    /** Java's own shortest form never has fewer than two digits, so one digit is tried here. */
    private static BigDecimal shortest(double number) {
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        if (shortest.precision() == 2) {
            BigDecimal oneDigit = shortest.round(new MathContext(1));
            if (oneDigit.doubleValue() == number) {
                return oneDigit.stripTrailingZeros();
            }
        }
        return shortest;
    }

    private static String plain(String digits, int point) {
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        return point >= digits.length()
                ? digits + "0".repeat(point - digits.length())
                : digits.substring(0, point) + "." + digits.substring(point);
    }

    private static String scientific(String digits, int point) {
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return digits.charAt(0) + fraction + "e" + (point > 0 ? "+" : "") + (point - 1);
    }
}
