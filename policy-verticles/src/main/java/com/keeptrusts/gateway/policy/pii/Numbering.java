package com.keeptrusts.gateway.policy.pii;

import com.keeptrusts.gateway.contract.TextPart;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbered markers for one request: the same value has the same marker in every text, different values have different
 * ones, and none that a text contains already.
 */
final class Numbering {

    private final List<TextPart> texts;
    private final Map<String, String> markers = new HashMap<>();
    private final Map<PiiType, Integer> last = new EnumMap<>(PiiType.class);

    Numbering(List<TextPart> texts) {
        this.texts = texts;
    }

    String marker(PiiSpan span, String value) {
        return markers.computeIfAbsent(span.type() + " " + value, _ -> next(span.type()));
    }

    private String next(PiiType type) {
        String marker;
        do {
            marker = "[" + type.name() + "_" + last.merge(type, 1, Integer::sum) + "]";
        } while (taken(marker));
        return marker;
    }

    private boolean taken(String marker) {
        return texts.stream().anyMatch(text -> text.text().value().contains(marker));
    }
}
