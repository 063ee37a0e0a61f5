package com.keeptrusts.gateway.policy.injection;

import static com.keeptrusts.gateway.policy.injection.Category.UNRESTRICTED_PERSONA;

/** To become somebody without limits. One sign is nothing; such texts give many. */
final class PersonaRules {

    private static final int REACH = 200;
    private static final long LIMITS = Concept.FREE.bit() | Concept.NAME.bit();

    private PersonaRules() {}

    static void apply(Reading reading, Evidence evidence) {
        Hits hits = reading.hits();
        if (!hits.saw(LIMITS)) {
            return;
        }
        double close = close(reading);
        double strength = close
                + gathered(hits, Concept.NAME, 2.0, 1)
                + gathered(hits, Concept.FREE, 0.6, 4)
                + (close > 0 ? gathered(hits, Concept.REFUSE, 0.35, 6) : 0)
                + (close > 0 ? gathered(hits, Concept.WICKED, 0.3, 5) : 0)
                + (close > 0 ? gathered(hits, Concept.MAKER, 0.4, 3) : 0);
        double talk = gathered(hits, Concept.TALK, 0.8, 4);
        evidence.add(UNRESTRICTED_PERSONA, strength - Math.min(talk, hits.count() < 60 ? 3 : 1));
    }

    /** A role and its lack of limits close together. */
    private static double close(Reading reading) {
        Hits hits = reading.hits();
        double best = 0;
        for (int i = 0; i < hits.count(); i++) {
            if (hits.is(i, Concept.NAME) && reading.around(i, Concept.PERSONA.bit(), 80) >= 0) {
                best = Math.max(best, 2.5);
            }
            if (hits.is(i, Concept.FREE)) {
                int reach = reading.reach(i, REACH);
                boolean role = reading.around(i, Concept.PERSONA.bit(), reach) >= 0;
                boolean subject =
                        reading.around(i, Concept.AI.bit() | Concept.MAKER.bit() | Concept.YOUR.bit(), reach) >= 0;
                boolean wicked = reading.around(i, Concept.WICKED.bit() | Concept.REFUSE.bit(), reach) >= 0;
                best = Math.max(best, (role ? 1.5 : 0) + (role && subject ? 0.8 : 0) + (wicked && role ? 0.7 : 0));
            }
        }
        return best;
    }

    private static double gathered(Hits hits, Concept concept, double each, int most) {
        int found = 0;
        for (int i = 0; i < hits.count() && found < most; i++) {
            found += hits.is(i, concept) ? 1 : 0;
        }
        return found * each;
    }
}
