package com.keeptrusts.gateway.provider.sse;

import java.util.HashMap;
import java.util.Map;

/** Numbers the places of one stream at which texts stand that have no channel of their own: the same one each time. */
final class TextPlaces {

    /** More of them in one stream are not followed. */
    static final int MOST = 256;

    static final int NONE = -1;

    private final Map<String, Integer> numbers = new HashMap<>();
    private int single;

    /** The number of a place that later events may continue; {@link #NONE} when there are too many. */
    int of(String place) {
        Integer known = numbers.get(place);
        if (known != null) {
            return known;
        }
        int next = single();
        if (next != NONE) {
            numbers.put(place, next);
        }
        return next;
    }

    /** The number of a place that nothing continues; {@link #NONE} when there are too many. */
    int single() {
        return single == MOST ? NONE : single++;
    }
}
