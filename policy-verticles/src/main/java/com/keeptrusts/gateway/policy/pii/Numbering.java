package com.keeptrusts.gateway.policy.pii;

import com.keeptrusts.gateway.contract.TextPart;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbered markers for one request: the same value has the same marker in every text, different values have different
 * ones, and none that a text contains already. The texts are read once for each type that is found.
 */
final class Numbering {

    private static final int MOST_DIGITS = 6;
    private static final String CLOSING = "])}>";

    private final List<TextPart> texts;
    private final Map<PiiType, String> custom;
    private final Map<String, String> markers = new HashMap<>();
    private final Map<PiiType, Series> series = new EnumMap<>(PiiType.class);

    /** @param custom labels that the operator chose; they are numbered too */
    Numbering(List<TextPart> texts, Map<PiiType, String> custom) {
        this.texts = texts;
        this.custom = custom;
    }

    String marker(PiiSpan span, String value) {
        return markers.computeIfAbsent(span.type() + " " + value, _ -> next(span.type()));
    }

    private String next(PiiType type) {
        return series.computeIfAbsent(type, _ -> series(type)).next();
    }

    /** {@code [EMAIL_1]}, {@code <mail_1>}; a label without a bracket at its end gets some, so that it has an end. */
    private Series series(PiiType type) {
        String label = custom.getOrDefault(type, "[" + type.name() + "]");
        boolean closed = !label.isEmpty() && CLOSING.indexOf(label.charAt(label.length() - 1)) >= 0;
        String stem = closed ? label.substring(0, label.length() - 1) : "[" + label;
        String end = closed ? label.substring(label.length() - 1) : "]";
        return new Series(stem + "_", end, taken(stem + "_"));
    }

    /** The numbers that stand behind a stem already, whatever follows them. */
    private BitSet taken(String stem) {
        var taken = new BitSet();
        for (TextPart part : texts) {
            String text = part.text().value();
            for (int at = text.indexOf(stem); at >= 0; at = text.indexOf(stem, at + 1)) {
                int digits = at + stem.length();
                int number = 0;
                while (digits < text.length()
                        && Chars.digit(text.charAt(digits))
                        && digits < at + stem.length() + MOST_DIGITS) {
                    number = number * 10 + text.charAt(digits++) - '0';
                }
                taken.set(number);
            }
        }
        return taken;
    }

    /** The markers of one type. */
    private static final class Series {
        private final String stem;
        private final String end;
        private final BitSet taken;
        private int last;

        Series(String stem, String end, BitSet taken) {
            this.stem = stem;
            this.end = end;
            this.taken = taken;
        }

        String next() {
            last = taken.nextClearBit(last + 1);
            return stem + last + end;
        }
    }
}
