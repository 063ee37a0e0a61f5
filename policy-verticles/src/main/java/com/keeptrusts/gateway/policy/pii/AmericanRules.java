package com.keeptrusts.gateway.policy.pii;

import java.util.List;

/** Numbers of the United States: social security and its stand-in for taxpayers. */
final class AmericanRules {

    static final List<NumberRule> ALL = List.of(
            NumberRule.digits(PiiType.SSN, 9, 9, AmericanRules::socialSecurity),
            NumberRule.digits(PiiType.ITIN, 9, 9, AmericanRules::taxpayer));

    private static final int SHAPE = 324;
    /** Printed on a card in wallets sold in 1938, and advertised; neither belongs to anybody. */
    private static final int WALLET_SAMPLE = 78051120;

    private static final int ADVERTISED = 219099999;

    private AmericanRules() {}

    private static double socialSecurity(Run run) {
        int area = run.number(0, 3);
        boolean impossible = area == 0 || area == 666 || area >= 900 || run.number(3, 5) == 0 || run.number(5, 9) == 0;
        int number = run.number(0, 9);
        if (impossible || number == WALLET_SAMPLE || number == ADVERTISED || CheckDigits.sameDigit(run)) {
            return 0;
        }
        return written(run, Cue.SSN);
    }

    private static double taxpayer(Run run) {
        int group = run.number(3, 5);
        boolean possible = Chars.within(group, 50, 65)
                || Chars.within(group, 70, 88)
                || Chars.within(group, 90, 92)
                || Chars.within(group, 94, 99);
        return run.digit(0) == 9 && possible ? written(run, Cue.ITIN) : 0;
    }

    private static double written(Run run, Cue cue) {
        if (run.shape() == SHAPE && run.uniform() && run.separator() != '/' && run.isolated()) {
            return run.around(cue) ? 0.95 : Chars.hyphen(run.separator()) ? 0.85 : run.near(Cue.THING) ? 0.4 : 0.6;
        }
        return (run.solid() || run.groups() == 2) && run.clear() && run.near(cue) ? 0.9 : 0;
    }
}
