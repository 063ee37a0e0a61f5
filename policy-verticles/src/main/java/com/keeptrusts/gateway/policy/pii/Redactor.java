package com.keeptrusts.gateway.policy.pii;

import com.keeptrusts.gateway.contract.Channel;
import java.util.function.BiFunction;

/** Writes the replacements for one text, from left to right. */
final class Redactor {

    private final BiFunction<PiiSpan, String, String> markers;
    private final JsonPlaces places;

    /** @param markers gives the marker for a value that was found */
    Redactor(Channel channel, BiFunction<PiiSpan, String, String> markers) {
        this.markers = markers;
        this.places = new JsonPlaces(channel);
    }

    /** Text that stays. */
    void keep(CharSequence text) {
        places.follow(text);
    }

    /** What comes in the place of a value. */
    String replace(PiiSpan span, String value) {
        String replacement = places.fit(markers.apply(span, value), span.continuation());
        places.follow(value);
        return replacement;
    }
}
