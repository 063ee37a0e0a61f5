package com.keeptrusts.gateway.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the valid spelling that a mistyped name was most likely meant to be. */
public final class NearestName {

    private NearestName() {}

    /** The candidate within a third of the name's length in edits (at least 1, at most 4), if any. */
    public static Optional<String> of(String name, Collection<String> candidates) {
        int limit = Math.clamp(name.length() / 3, 1, 4);
        String wanted = fold(name);
        return candidates.stream()
                .filter(candidate -> distance(wanted, fold(candidate)) <= limit)
                .min(Comparator.comparingInt(candidate -> distance(wanted, fold(candidate))));
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Levenshtein distance, two rows at a time. */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substitution, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
