package com.keeptrusts.gateway.policy.injection;

/**
 * What one text scored.
 *
 * @param score probability of an attack
 * @param model what the trained model said, in log-odds around its neutral point
 */
record TextScore(double score, double model, Evidence evidence) {

    /** Whether no rule says anything worth counting, so that the trained model is alone. */
    boolean modelAlone() {
        return evidence.silent();
    }

    TextScore worse(TextScore other) {
        return other.score > score ? other : this;
    }
}
