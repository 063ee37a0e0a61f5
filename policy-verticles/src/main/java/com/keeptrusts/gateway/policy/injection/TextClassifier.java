package com.keeptrusts.gateway.policy.injection;

/** A classifier that an operator supplies. Used by several threads at a time. */
public interface TextClassifier {

    /**
     * Probability that a text is an attack, 0 to 1. Reads as much of the text as its model can; what it throws makes the
     * review fail, which follows the fail mode.
     */
    double score(String text);
}
