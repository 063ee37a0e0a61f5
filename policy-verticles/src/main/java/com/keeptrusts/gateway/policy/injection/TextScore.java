package com.keeptrusts.gateway.policy.injection;

/**
 * What one text scored.
 *
 * @param score probability of an attack
 * @param modelScore probability by the trained model alone
 */
record TextScore(double score, double modelScore, Evidence evidence) {

    TextScore worse(TextScore other) {
        return other.score > score ? other : this;
    }
}
