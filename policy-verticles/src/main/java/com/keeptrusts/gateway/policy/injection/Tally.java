package com.keeptrusts.gateway.policy.injection;

import java.util.Map;
import java.util.TreeMap;

/** What the texts of one request come to. */
final class Tally {

    /** Log-odds from which a sign is worth counting. */
    private static final double FINDING = 2;

    private static final double PATTERN_SCORE = 1;

    private final InjectionSettings settings;
    private final Map<String, Integer> findings = new TreeMap<>();
    private double score;
    private boolean attack;
    private String reason = "";
    private double reasonScore = -1;

    Tally(InjectionSettings settings) {
        this.settings = settings;
    }

    void add(TextScore text, boolean patternMatched) {
        for (Category category : Category.values()) {
            if (text.evidence().strength(category) >= FINDING) {
                findings.merge(category.code(), 1, Integer::sum);
            }
        }
        boolean attacks = attacks(text);
        score = Math.max(score, text.score());
        if (attacks) {
            note(text.evidence().strongest(), text.score());
        }
        if (patternMatched) {
            findings.merge(Category.ATTACK_PATTERN.code(), 1, Integer::sum);
            score = PATTERN_SCORE;
            note(Category.ATTACK_PATTERN, PATTERN_SCORE);
        }
    }

    /** Where no rule says anything the trained model is alone, and has a threshold of its own. */
    private boolean attacks(TextScore text) {
        return text.score() >= (text.modelAlone() ? settings.modelThreshold() : settings.threshold());
    }

    private void note(Category category, double found) {
        attack = true;
        if (found > reasonScore) {
            reason = category.code();
            reasonScore = found;
        }
    }

    boolean attack() {
        return attack;
    }

    double score() {
        return score;
    }

    String reason() {
        return reason;
    }

    Map<String, Integer> findings() {
        return findings;
    }
}
