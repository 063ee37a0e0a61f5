package com.keeptrusts.gateway.policy.pii;

import java.util.function.ToDoubleFunction;

/**
 * A type of number or code.
 *
 * @param shortest characters, without separators
 * @param digitsOnly whether a run with a letter is out of the question
 * @param score between 0 (it is not one) and 1
 */
record NumberRule(PiiType type, int shortest, int longest, boolean digitsOnly, ToDoubleFunction<Run> score) {

    static NumberRule digits(PiiType type, int shortest, int longest, ToDoubleFunction<Run> score) {
        return new NumberRule(type, shortest, longest, true, score);
    }

    static NumberRule code(PiiType type, int shortest, int longest, ToDoubleFunction<Run> score) {
        return new NumberRule(type, shortest, longest, false, score);
    }
}
