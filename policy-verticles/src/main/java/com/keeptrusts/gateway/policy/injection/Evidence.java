package com.keeptrusts.gateway.policy.injection;

import java.util.EnumMap;
import java.util.Map;

/** How strongly one text shows each kind of attack, in log-odds. The strongest sign of a kind counts. */
final class Evidence {

    private static final double MOST = 9;

    /** Log-odds below which rules say nothing: a word or two that many honest texts have. */
    private static final double WORTH_COUNTING = 1;

    private final Map<Category, Double> strengths = new EnumMap<>(Category.class);

    void add(Category category, double strength) {
        if (strength > strength(category)) {
            strengths.put(category, strength);
        }
    }

    double strength(Category category) {
        return strengths.getOrDefault(category, 0.0);
    }

    double total() {
        double total = 0;
        for (double strength : strengths.values()) {
            total += strength;
        }
        return Math.min(MOST, total);
    }

    boolean silent() {
        return total() < WORTH_COUNTING;
    }

    /** The kind that is shown most strongly; the trained model's when no rule says anything. */
    Category strongest() {
        Category strongest = Category.TRAINED_MODEL;
        for (Category category : strengths.keySet()) {
            if (strength(category) > strength(strongest)) {
                strongest = category;
            }
        }
        return strongest;
    }

    @Override
    public String toString() {
        return strengths.toString();
    }
}
