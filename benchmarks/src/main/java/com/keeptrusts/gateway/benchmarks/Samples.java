package com.keeptrusts.gateway.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the rounds of one row gave, by subject; the median is what counts. */
final class Samples {

    private final Map<String, List<Double>> bySubject = new LinkedHashMap<>();

    void add(String subject, double value) {
        bySubject.computeIfAbsent(subject, _ -> new ArrayList<>()).add(value);
    }

    boolean has(String subject) {
        return bySubject.containsKey(subject);
    }

    /** NaN where nothing was measured. */
    double median(String subject) {
        List<Double> sorted =
                bySubject.getOrDefault(subject, List.of()).stream().sorted().toList();
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
