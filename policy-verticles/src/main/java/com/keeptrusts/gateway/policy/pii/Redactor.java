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

    /** What comes in the place of a value. Halves of escapes at its ends stay, for their other halves do. */
    Replacement replace(PiiSpan span, String value) {
        int start = places.remainder(value);
        places.follow(value.substring(0, start));
        String rest = value.substring(start);
        boolean within = places.inString() || span.continuation();
        int end = value.length() - places.follow(rest);
        if (end <= start) {
            return new Replacement(span.start(), span.start(), "");
        }
        String marker = places.fit(markers.apply(span, value.substring(start, end)), within);
        return new Replacement(span.start() + start, span.start() + end, marker);
    }

    /** A text for a range, in UTF-16 units; an empty range has an empty text. */
    record Replacement(int start, int end, String text) {

        boolean isNothing() {
            return start == end;
        }
    }
}
