package com.keeptrusts.gateway.policy.pii;

import java.util.List;

/** Passports, licences and numbers of medicine: formats too common to be told without a cue. */
final class DocumentRules {

    static final List<NumberRule> ALL = List.of(
            NumberRule.code(PiiType.PASSPORT, 6, 10, DocumentRules::passport),
            NumberRule.code(PiiType.DRIVER_LICENSE, 5, 18, DocumentRules::licence),
            NumberRule.code(PiiType.DRIVER_LICENSE, 16, 16, DocumentRules::britishLicence),
            NumberRule.code(PiiType.MEDICAL_ID, 5, 16, DocumentRules::record),
            NumberRule.code(PiiType.MEDICAL_ID, 11, 11, DocumentRules::medicare),
            NumberRule.digits(PiiType.MEDICAL_ID, 10, 10, DocumentRules::healthService),
            NumberRule.digits(PiiType.MEDICAL_ID, 10, 10, DocumentRules::provider),
            NumberRule.code(PiiType.MEDICAL_ID, 6, 15, DocumentRules::insured));

    private static final String NO_VOWELS = "ACDEFGHJKMNPQRTUVWXY";

    private DocumentRules() {}

    private static boolean announced(Run run, Cue cue, int digits) {
        return run.digits() >= digits && run.capital() && run.clear() && run.near(cue);
    }

    private static double passport(Run run) {
        boolean written = run.solid() || (run.groups() == 2 && run.groupLength(0) <= 2);
        written |= run.allDigits() && (run.shape() == 226 || run.shape() == 46);
        return written && announced(run, Cue.PASSPORT, run.length() < 9 ? 5 : 1) ? 0.8 : 0;
    }

    private static double licence(Run run) {
        boolean written = run.solid() || (run.groups() <= 4 && run.uniform() && run.separator() != '.');
        boolean shortest = run.length() > 6 || !run.allDigits();
        return written && shortest && announced(run, Cue.LICENCE, 3) ? 0.6 + run.length() / 1000.0 : 0;
    }

    /** Five letters of the name, a date of birth, initials and check characters. */
    private static double britishLicence(Run run) {
        boolean shaped = true;
        for (int i = 0; i < 5; i++) {
            shaped &= Chars.upper(run.charAt(i)) || run.charAt(i) == '9';
        }
        for (int i = 5; i < 11; i++) {
            shaped &= Chars.digit(run.charAt(i));
        }
        if (!shaped || !run.solid() || !Chars.upper(run.charAt(0)) || !run.clear()) {
            return 0;
        }
        boolean birth = CheckDigits.monthAndDay(run.number(6, 8) % 50, run.number(8, 10));
        return run.near(Cue.LICENCE) ? 0.9 : birth ? 0.6 : 0;
    }

    private static double record(Run run) {
        boolean prefixed = run.length() > 7 && run.code().startsWith("MRN") && run.digits() == run.length() - 3;
        boolean written = run.solid() || (run.uniform() && Chars.hyphen(run.separator()));
        return written && (announced(run, Cue.RECORD_NUMBER, 4) || (prefixed && run.clear())) ? 0.8 : 0;
    }

    /** The beneficiary's number of Medicare: which places are digits is fixed, and letters that look like digits are out. */
    private static double medicare(Run run) {
        boolean written = run.solid() || run.shape() == 434;
        String places = "9A*9A*9AA99";
        for (int i = 0; written && i < places.length(); i++) {
            char c = run.charAt(i);
            written = switch (places.charAt(i)) {
                case '9' -> Chars.digit(c);
                case 'A' -> NO_VOWELS.indexOf(c) >= 0;
                default -> Chars.digit(c) || NO_VOWELS.indexOf(c) >= 0;
            };
        }
        return written && run.charAt(0) != '0' && run.clear() ? run.near(Cue.HEALTH) ? 0.95 : 0.6 : 0;
    }

    private static double healthService(Run run) {
        int check = 11 - CheckDigits.weighted(run, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return (check == 11 ? 0 : check) == run.digit(9) && announced(run, Cue.HEALTH, 10) ? 0.9 : 0;
    }

    /** Luhn's sum with the prefix 80840 before the number. */
    private static double provider(Run run) {
        boolean valid = (CheckDigits.luhnSum(run, 0, 10) + 24) % 10 == 0;
        return valid && announced(run, Cue.PROVIDER_NUMBER, 10) ? 0.9 : 0;
    }

    private static double insured(Run run) {
        boolean written = run.solid() || (run.uniform() && Chars.hyphen(run.separator()));
        return written && announced(run, Cue.HEALTH, 5) ? 0.6 + run.length() / 1000.0 : 0;
    }
}
