package com.keeptrusts.gateway.policy.injection;

import static com.keeptrusts.gateway.policy.injection.Category.EMBEDDED_INSTRUCTION;

import java.util.Set;

/** Orders to a machine in texts that should hold none: results of tools, documents, descriptions. */
final class EmbeddedRules {

    private static final long ORDER =
            Concept.ACT.bit() | Concept.REVEAL.bit() | Concept.ECHO.bit() | Concept.DROP.bit();
    private static final int REACH = 110;

    /** The last of the Latin letters; other scripts put the verb where they like. */
    private static final char LATIN = 0x24F;

    /** Assistant managers and their like are people. */
    private static final Set<String> PERSONS = Set.of(
            "manager",
            "professor",
            "director",
            "coach",
            "editor",
            "principal",
            "attorney",
            "general",
            "secretary",
            "nurse",
            "teacher",
            "chef",
            "commissioner",
            "vice",
            "engineer",
            "curator",
            "surgeon",
            "producer");

    /** So are agents of these trades. */
    private static final Set<String> TRADES = Set.of(
            "estate",
            "travel",
            "insurance",
            "sales",
            "support",
            "free",
            "secret",
            "special",
            "booking",
            "customs",
            "service",
            "shop",
            "dental",
            "medical",
            "research",
            "teaching",
            "user",
            "cleaning",
            "chemical");

    private EmbeddedRules() {}

    /**
     * Notes what is said to a machine.
     *
     * @param weight less than 1 where people themselves speak
     */
    static void apply(Reading reading, double weight, Evidence evidence) {
        Hits hits = reading.hits();
        double topic = topic(hits);
        for (int i = 0; i < hits.count(); i++) {
            double strength = 0;
            if (hits.is(i, Concept.AI)) {
                strength = addressed(reading, i);
            }
            if (hits.is(i, Concept.READING)) {
                strength = Math.max(strength, orderNear(reading, i, 2.5, 0.8));
            }
            if (hits.is(i, Concept.TASK)) {
                strength = Math.max(strength, orderNear(reading, i, 3, 1.5));
            }
            if (hits.is(i, Concept.READING_SOFT.bit() | Concept.TASK_SOFT.bit())) {
                strength = Math.max(strength, orderNear(reading, i, 1.2, 0.3));
            }
            if (hits.is(i, Concept.STEALTH)) {
                strength = Math.max(strength, orderNear(reading, i, 2, 0.5));
            }
            if (strength > 0) {
                evidence.add(
                        EMBEDDED_INSTRUCTION, weight * (strength + company(reading, i) - topic - reading.damping(i)));
            }
        }
    }

    /** A text that speaks of machines all the time is about them, and not to them. */
    private static double topic(Hits hits) {
        int machines = 0;
        for (int i = 0; i < hits.count(); i++) {
            machines += hits.is(i, Concept.AI) ? 1 : 0;
        }
        return machines < 5 ? 0 : machines < 10 ? 1 : 1.6;
    }

    private static double addressed(Reading reading, int ai) {
        boolean verbLast = reading.text().chars()[reading.hits().start(ai)] > LATIN;
        boolean ordered = reading.ahead(ai, ORDER, REACH) >= 0 || (verbLast && reading.around(ai, ORDER, REACH) >= 0);
        boolean must = reading.around(ai, Concept.MUST.bit(), 60) >= 0;
        boolean vocative = vocative(reading, ai);
        if (!ordered || PERSONS.contains(reading.wordAfter(ai)) || TRADES.contains(reading.wordBefore(ai))) {
            return 0;
        }
        return vocative ? 3.2 : must ? 2.6 : 0.6;
    }

    /** "Assistant, ...", "Note to language models: ...", "If you are an LLM, ...". */
    private static boolean vocative(Reading reading, int ai) {
        String before = reading.wordBefore(ai);
        return switch (before) {
            case "", "hey", "hello", "dear", "attention", "to", "ok", "note", "all", "any", "for" -> true;
            case "den",
                    "die",
                    "das",
                    "an",
                    "liebes",
                    "lieber",
                    "liebe",
                    "als",
                    "cher",
                    "chere",
                    "estimado",
                    "querido",
                    "caro",
                    "cara",
                    "gentile",
                    "drogi",
                    "beste",
                    "sevgili" -> true;
            default -> false;
        };
    }

    private static double orderNear(Reading reading, int hit, double ordered, double alone) {
        return reading.around(hit, ORDER, REACH) >= 0 ? ordered : alone;
    }

    /** Several such signs in one place make an attack; one may be chance. */
    private static double company(Reading reading, int hit) {
        double company = 0;
        company += other(reading, hit, Concept.AI) ? 1 : 0;
        company += other(reading, hit, Concept.READING) ? 1 : 0;
        company += other(reading, hit, Concept.TASK) ? 1 : 0;
        company += other(reading, hit, Concept.STEALTH) ? 1.2 : 0;
        company += other(reading, hit, Concept.SECRET) ? 1 : 0;
        company += other(reading, hit, Concept.USER) ? 0.7 : 0;
        company += other(reading, hit, Concept.TOOL) ? 0.7 : 0;
        company += other(reading, hit, Concept.CREATOR) ? 1 : 0;
        company += other(reading, hit, Concept.DROP) ? 0.7 : 0;
        return Math.min(3, company);
    }

    private static boolean other(Reading reading, int hit, Concept concept) {
        return !reading.hits().is(hit, concept) && reading.around(hit, concept.bit(), REACH) >= 0;
    }
}
