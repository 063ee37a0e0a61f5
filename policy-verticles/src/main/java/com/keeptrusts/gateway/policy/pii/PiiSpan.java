package com.keeptrusts.gateway.policy.pii;

/**
 * A place in a text that holds personal data, in UTF-16 units, end exclusive.
 *
 * @param score between 0 and 1; 0.5 and above is reported
 * @param continuation whether this is a further piece of the span that ends where this one starts
 */
public record PiiSpan(int start, int end, PiiType type, double score, boolean continuation) {

    int length() {
        return end - start;
    }

    PiiSpan shifted(int by) {
        return new PiiSpan(start + by, end + by, type, score, continuation);
    }
}
