package com.keeptrusts.gateway.policy.injection;

import static com.keeptrusts.gateway.policy.injection.Category.FALSE_AUTHORITY;
import static com.keeptrusts.gateway.policy.injection.Category.PROMPT_EXTRACTION;
import static com.keeptrusts.gateway.policy.injection.Category.SECRET_EXTRACTION;

/** To draw out the instructions or the secrets that a model was given, or to claim the right to them. */
final class ExtractionRules {

    private static final long REVEALS = Concept.REVEAL.bit() | Concept.ECHO.bit() | Concept.REVEAL_SOFT.bit();
    private static final long FIRM = Concept.REVEAL.bit() | Concept.ECHO.bit();
    private static final long WHOSE = Concept.YOUR.bit() | Concept.THE.bit() | Concept.PRIOR.bit();
    private static final int REACH = 60;

    private ExtractionRules() {}

    static void apply(Reading reading, Evidence evidence) {
        Hits hits = reading.hits();
        for (int i = 0; i < hits.count(); i++) {
            if (hits.is(i, Concept.PROMPT.bit() | Concept.PROMPT_SOFT.bit())) {
                evidence.add(PROMPT_EXTRACTION, prompt(reading, i));
            }
            if (hits.is(i, Concept.ABOVE)) {
                evidence.add(PROMPT_EXTRACTION, above(reading, i));
            }
            if (hits.is(i, Concept.GIVEN)) {
                evidence.add(PROMPT_EXTRACTION, given(reading, i));
            }
            if (hits.is(i, Concept.CONFESSION) && reading.behind(i, Concept.COMPLETE.bit(), REACH) >= 0) {
                evidence.add(PROMPT_EXTRACTION, 5);
            }
            if (hits.is(i, Concept.SECRET)) {
                evidence.add(SECRET_EXTRACTION, secret(reading, i));
            }
            if (hits.is(i, Concept.CREATOR.bit() | Concept.MODE.bit())) {
                evidence.add(FALSE_AUTHORITY, authority(reading, i));
            }
        }
    }

    private static double prompt(Reading reading, int prompt) {
        Hits hits = reading.hits();
        int reach = reading.reach(prompt, REACH);
        int reveal = reading.behind(prompt, FIRM, reach);
        int soft = reading.behind(prompt, Concept.REVEAL_SOFT.bit(), reach);
        if (reveal < 0 && (verbFollows(reading, prompt) || soft < 0)) {
            reveal = reading.ahead(prompt, FIRM, reach);
        }
        int verb = reveal < 0 ? soft : reveal;
        if (verb < 0 || hits.saw(Concept.DESIGN) || negatedOrder(reading, verb)) {
            return 0;
        }
        boolean indefinite =
                reading.between(hits.start(prompt) - 10, hits.start(prompt), prompt, Concept.INDEFINITE.bit());
        boolean yours = reading.between(hits.start(prompt) - 24, hits.end(prompt), prompt, Concept.YOUR.bit());
        boolean whose = reading.between(hits.start(prompt) - 24, hits.end(prompt), prompt, WHOSE);
        double strength = (reveal >= 0 ? 4.5 : 3) + (yours ? 1.6 : whose ? 0.8 : 0) + verbatim(reading, prompt);
        double vague = hits.is(prompt, Concept.PROMPT) ? 0 : yours ? 0.8 : 3;
        return strength - vague - (indefinite ? 3.5 : 0) - reading.damping(prompt);
    }

    private static boolean verbFollows(Reading reading, int hit) {
        return reading.text().chars()[reading.hits().start(hit)] > 0x24F;
    }

    private static boolean negatedOrder(Reading reading, int verb) {
        String before = reading.wordBefore(verb);
        return reading.negated(verb) || before.equals("not") || before.equals("never");
    }

    private static double verbatim(Reading reading, int hit) {
        return reading.around(hit, Concept.VERBATIM.bit(), 80) >= 0 ? 1.5 : 0;
    }

    private static double above(Reading reading, int above) {
        boolean echoed = reading.behind(above, Concept.ECHO.bit(), REACH) >= 0;
        boolean asked = reading.around(above, REVEALS | Concept.GIVEN.bit(), REACH) >= 0;
        boolean given = reading.around(above, Concept.GIVEN.bit() | Concept.PROMPT.bit(), REACH) >= 0;
        double strength = (echoed ? 4 : asked ? 1.2 : 0.5) + (given ? 2.5 : 0) + verbatim(reading, above);
        return strength - reading.damping(above);
    }

    /** "The instructions you were given", "my instructions are". */
    private static double given(Reading reading, int given) {
        long rules = Concept.RULES.bit() | Concept.PROMPT.bit() | Concept.ABOVE.bit();
        boolean which = reading.around(given, rules, 50) >= 0;
        boolean asked = reading.behind(given, REVEALS, REACH) >= 0;
        return (which && asked ? 4.5 : asked ? 2 : 0.5) + verbatim(reading, given) - reading.damping(given);
    }

    private static double secret(Reading reading, int secret) {
        Hits hits = reading.hits();
        boolean yours = reading.between(hits.start(secret) - 12, hits.end(secret), secret, Concept.YOUR.bit());
        boolean asked = reading.around(secret, FIRM, REACH) >= 0;
        boolean stored = reading.around(secret, Concept.PROMPT.bit() | Concept.CREATOR.bit(), 100) >= 0;
        double strength = (asked ? 1 : 0) + (yours && asked ? 1.5 : 0) + (stored && asked ? 1.5 : 0);
        return strength - reading.damping(secret);
    }

    private static double authority(Reading reading, int creator) {
        boolean wants = reading.around(creator, Concept.SECRET.bit() | Concept.PROMPT.bit(), 160) >= 0;
        boolean orders = reading.around(creator, FIRM | Concept.CUE.bit() | Concept.TASK.bit(), 100) >= 0;
        return (wants ? 3.5 : orders ? 1.5 : 0.7) - reading.damping(creator);
    }
}
