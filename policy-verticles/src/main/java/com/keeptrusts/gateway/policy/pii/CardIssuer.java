package com.keeptrusts.gateway.policy.pii;

/** Who issues cards with which first digits, and how long their numbers are. */
enum CardIssuer {
    VISA(13, 16, 19),
    MASTERCARD(16),
    AMERICAN_EXPRESS(15),
    DINERS(14, 16, 19),
    DISCOVER(16, 19),
    JCB(15, 16, 19),
    UNION_PAY(16, 17, 18, 19),
    MAESTRO(12, 13, 14, 15, 16, 17, 18, 19),
    REGIONAL(16, 19),
    UNKNOWN;

    private final int lengths;

    CardIssuer(int... lengths) {
        int bits = 0;
        for (int length : lengths) {
            bits |= 1 << length;
        }
        this.lengths = bits;
    }

    boolean uses(int length) {
        return (lengths >> length & 1) == 1;
    }

    static CardIssuer of(Run run) {
        int two = run.number(0, 2);
        int four = run.number(0, 4);
        if (run.digit(0) == 4) {
            return VISA;
        }
        if (Chars.within(two, 51, 55) || Chars.within(four, 2221, 2720)) {
            return MASTERCARD;
        }
        return switch (two) {
            case 34, 37 -> AMERICAN_EXPRESS;
            case 36, 38, 39 -> DINERS;
            case 62 -> UNION_PAY;
            case 65 -> DISCOVER;
            default -> other(four);
        };
    }

    private static CardIssuer other(int four) {
        int three = four / 10;
        if (Chars.within(three, 300, 305) || four == 3095) {
            return DINERS;
        }
        if (Chars.within(four, 3528, 3589) || four == 2131 || four == 1800) {
            return JCB;
        }
        if (four == 6011 || Chars.within(three, 644, 649)) {
            return DISCOVER;
        }
        return switch (four) {
            case 5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763, 6390, 5612, 5641 -> MAESTRO;
            case 5019, 2200, 2201, 2202, 2203, 2204, 6521, 6522, 5061, 6500, 6060, 9792 -> REGIONAL;
            default -> UNKNOWN;
        };
    }
}
