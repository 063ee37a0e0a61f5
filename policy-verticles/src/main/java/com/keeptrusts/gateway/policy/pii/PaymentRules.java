package com.keeptrusts.gateway.policy.pii;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cards and accounts. */
final class PaymentRules {

    static final List<NumberRule> ALL = List.of(
            NumberRule.digits(PiiType.CREDIT_CARD, 12, 19, PaymentRules::card),
            NumberRule.digits(PiiType.CVV, 3, 4, PaymentRules::cvv),
            NumberRule.code(PiiType.IBAN, 15, 34, PaymentRules::iban),
            NumberRule.digits(PiiType.BANK_ACCOUNT, 6, 20, PaymentRules::account),
            NumberRule.digits(PiiType.BANK_ROUTING, 9, 9, PaymentRules::routing));

    /** The countries of the IBAN registry and the lengths they use. */
    private static final String LENGTHS =
            "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 "
                    + "DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 "
                    + "IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 "
                    + "MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 "
                    + "ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

    private static final Map<Integer, Integer> LENGTH_BY_COUNTRY = new HashMap<>();

    static {
        for (String entry : LENGTHS.split(" ", -1)) {
            LENGTH_BY_COUNTRY.put(country(entry.charAt(0), entry.charAt(1)), Integer.valueOf(entry.substring(2)));
        }
    }

    private PaymentRules() {}

    private static int country(char first, char second) {
        return first << 16 | second;
    }

    private static double card(Run run) {
        if (!shaped(run) || !CheckDigits.luhn(run, 0, run.length()) || CheckDigits.sameDigit(run) || !clear(run)) {
            return 0;
        }
        CardIssuer issuer = CardIssuer.of(run);
        boolean usual = issuer.uses(run.length());
        if (issuer != CardIssuer.UNKNOWN && usual) {
            boolean common = Chars.within(run.length(), 14, 16) || !run.solid();
            return common ? 0.9 : run.around(Cue.CARD) ? 0.85 : issuer == CardIssuer.MAESTRO ? 0.3 : 0.6;
        }
        return run.near(Cue.CARD) && run.length() >= 13 ? 0.7 : 0;
    }

    /** Clear of longer numbers; a slash may lead on to the date of expiry. */
    private static boolean clear(Run run) {
        boolean dated = run.length() == 16 && run.block().at(run.end()) == '/';
        return run.block().clearLeft(run.start()) && (dated || run.block().clearRight(run.end()));
    }

    /** One group, fours with a rest, or the four-six-rest of some issuers. */
    private static boolean shaped(Run run) {
        if (run.solid()) {
            return true;
        }
        boolean dotsOrSlashes = run.separator() == '/' || run.separator() == '+';
        dotsOrSlashes |= run.separator() == '.' && run.shape() != 4444;
        if (!run.uniform() || dotsOrSlashes || run.groupLength(0) != 4) {
            return false;
        }
        return switch (run.shape()) {
            case 465, 464, 4444, 44443, 4443, 4442, 444, 4441, 455 -> true;
            default -> false;
        };
    }

    private static double cvv(Run run) {
        return run.solid() && run.clear() && run.near(Cue.CVV) ? 0.7 : 0;
    }

    private static double iban(Run run) {
        Integer length = LENGTH_BY_COUNTRY.get(country(run.charAt(0), run.charAt(1)));
        if (length == null || length != run.length() || !Chars.digit(run.charAt(2)) || !Chars.digit(run.charAt(3))) {
            return 0;
        }
        return run.groupLength(0) >= 4 && run.clear() && CheckDigits.mod97(run) ? 0.97 : 0;
    }

    private static double account(Run run) {
        boolean amountOrDate = !run.solid() && (run.length() < 9 || run.shape() == 422 || run.shape() == 224);
        return run.clear() && !amountOrDate && !run.near(Cue.THING) && run.near(Cue.ACCOUNT) ? 0.55 : 0;
    }

    /** The prefix of a Federal Reserve district and weights 3, 7, 1; only said to be one counts, as every tenth number fits. */
    private static double routing(Run run) {
        int prefix = run.number(0, 2);
        boolean district = prefix <= 12 || Chars.within(prefix, 21, 32) || Chars.within(prefix, 61, 72) || prefix == 80;
        int sum = CheckDigits.weighted(run, 3, 7, 1, 3, 7, 1, 3, 7, 1);
        return district && sum % 10 == 0 && run.clear() && run.near(Cue.ROUTING) ? 0.85 : 0;
    }
}
