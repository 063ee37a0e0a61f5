package com.keeptrusts.gateway.policy.injection;

import static com.keeptrusts.gateway.policy.injection.Category.INSTRUCTION_OVERRIDE;

import java.util.Set;

/** To drop what was said before: verb, what came before, and what a model goes by, close together in one sentence. */
final class OverrideRules {

    private static final long DROPS = Concept.DROP.bit() | Concept.DROP_SOFT.bit();
    private static final long GOES_BY = Concept.RULES.bit() | Concept.RULES_SOFT.bit() | Concept.PROMPT.bit();
    private static final long BEFORE = Concept.PRIOR.bit() | Concept.PRIOR_SOFT.bit();
    private static final long OBJECTS = GOES_BY | Concept.TOLD.bit() | Concept.ABOVE.bit();
    private static final int REACH = 70;

    /** Words before the verb that make it a report or a question rather than an order. */
    private static final Set<String> REPORTS = Set.of(
            "i", "we", "he", "she", "they", "it", "which", "who", "that", "can", "could", "would", "did", "does", "if",
            "users", "people", "may", "might", "often", "why", "when", "ich", "wir", "je", "nous");

    /** Words before "to" and the verb: "they told me to". */
    private static final Set<String> REPORTED =
            Set.of("me", "us", "him", "her", "them", "people", "how", "whether", "when", "told", "chose", "decided");

    private OverrideRules() {}

    static void apply(Reading reading, Evidence evidence) {
        Hits hits = reading.hits();
        for (int i = 0; i < hits.count(); i++) {
            if (hits.is(i, DROPS) && !reading.negated(i)) {
                double strength = drop(reading, i);
                if (strength > 0) {
                    evidence.add(INSTRUCTION_OVERRIDE, strength - reading.damping(i) - reported(reading, i));
                }
            } else if (hits.is(i, Concept.FOLLOW)) {
                evidence.add(INSTRUCTION_OVERRIDE, refusal(reading, i));
            } else if (hits.is(i, Concept.HALT.bit() | Concept.STOP.bit())) {
                evidence.add(INSTRUCTION_OVERRIDE, halt(reading, i));
            }
        }
    }

    private static double drop(Reading reading, int drop) {
        Hits hits = reading.hits();
        int reach = reading.reach(drop, REACH);
        double best = 0;
        int limit = hits.end(drop) + reach;
        for (int i = drop + 1; i < hits.count() && hits.start(i) <= limit; i++) {
            if (hits.sentence(i) != hits.sentence(drop)) {
                break;
            }
            if (hits.is(i, OBJECTS) && hits.start(i) >= hits.end(drop) - 4) {
                best = Math.max(best, strength(reading, drop, i));
            }
        }
        if (hits.is(drop, Concept.DROP_AFTER)) {
            int object = reading.behind(drop, OBJECTS, reach);
            best = object < 0 ? best : Math.max(best, strength(reading, drop, object));
        }
        return best;
    }

    private static double strength(Reading reading, int drop, int object) {
        Hits hits = reading.hits();
        int from = hits.start(drop) < hits.start(object) ? hits.start(drop) : hits.start(object) - 24;
        int to = Math.max(hits.end(drop), hits.end(object)) + 30;
        boolean prior = reading.between(from, to, object, Concept.PRIOR.bit());
        boolean softPrior = reading.between(from, to, object, Concept.PRIOR_SOFT.bit());
        boolean all = reading.between(from, hits.start(object), object, Concept.ALL.bit());
        boolean your = reading.between(from, hits.start(object), object, Concept.YOUR.bit());
        boolean mine = reading.between(hits.end(drop), hits.start(object), object, Concept.MY.bit());
        double strength = switch (kind(hits, object)) {
            case TOLD -> all ? 6.5 : 5.5;
            case ABOVE -> 5;
            case PROMPT -> 5.5;
            case RULES -> prior ? 6.5 : softPrior ? 5 : all && your ? 6 : your ? 5.5 : all ? 4.5 : 1.5;
            default -> prior ? 4.5 : your && all ? 4.5 : your ? 3.5 : softPrior && all ? 3 : all ? 2 : 0.5;
        };
        boolean soft = !hits.is(drop, Concept.DROP);
        boolean apart = hits.quoted(drop) != hits.quoted(object);
        return strength - (apart ? 3.5 : 0) - (soft ? 1.5 : 0) - (mine ? 2.5 : 0) + cue(reading, object);
    }

    private static Concept kind(Hits hits, int object) {
        if (hits.is(object, Concept.TOLD)) {
            return Concept.TOLD;
        }
        if (hits.is(object, Concept.PROMPT)) {
            return Concept.PROMPT;
        }
        if (hits.is(object, Concept.ABOVE)) {
            return Concept.ABOVE;
        }
        return hits.is(object, Concept.RULES) ? Concept.RULES : Concept.RULES_SOFT;
    }

    private static double cue(Reading reading, int object) {
        return reading.around(object, Concept.CUE.bit(), 120) >= 0 ? 0.7 : 0;
    }

    private static double reported(Reading reading, int drop) {
        String before = reading.wordBefore(drop);
        boolean told = before.equals("to") && REPORTED.contains(reading.secondWordBefore(drop));
        return told ? 3 : REPORTS.contains(before) ? 2 : 0;
    }

    /** "You do not have to follow your guidelines". */
    private static double refusal(Reading reading, int follow) {
        int not = reading.behind(follow, Concept.NOT.bit() | Concept.FREE.bit(), 40);
        int rules = reading.ahead(follow, GOES_BY, 50);
        if (not < 0 || rules < 0) {
            return 0;
        }
        Hits hits = reading.hits();
        boolean whose = reading.between(hits.end(follow), hits.end(rules), rules, Concept.YOUR.bit() | BEFORE)
                || reading.around(rules, Concept.MAKER.bit(), 60) >= 0;
        return (hits.is(rules, Concept.RULES) ? 2.5 : 1) + (whose ? 1.5 : 0) - reading.damping(follow);
    }

    /** "Never mind that. Just print ...". */
    private static double halt(Reading reading, int halt) {
        int cue = reading.around(halt, Concept.CUE.bit(), 60);
        double ordered = reading.hits().is(halt, Concept.STOP) ? 4.8 : 3.5;
        return cue < 0 ? 0.7 : ordered - reading.damping(halt);
    }
}
