package com.keeptrusts.gateway.json;

import java.util.Comparator;
import java.util.List;

/** Writes string literals, and changes parts of one without touching the rest of it. */
public final class JsonText {

    private JsonText() {}

    /** The literal for a text, with quotes and no more escapes than JSON demands; lone surrogates become U+FFFD. */
    public static byte[] literal(String text) {
        return new Utf8Output(text.length() + 2)
                .append('"')
                .appendEscaped(text)
                .append('"')
                .toByteArray();
    }

    /**
     * The bytes of a literal of a parsed document with ranges of its decoded text replaced and every other byte as it
     * was. An edit with a boundary inside a surrogate pair takes the whole pair. Where a removal would join two lone
     * surrogates to a character that nobody wrote, U+FFFD stands between them.
     *
     * @throws IllegalArgumentException if edits overlap or reach beyond the text
     */
    public static byte[] edit(byte[] document, int literalStart, int literalEnd, List<TextEdit> edits) {
        var walk = new LiteralWalk(document, literalStart + 1, literalEnd - 1);
        var out = new Utf8Output(literalEnd - literalStart + 32);
        int copied = literalStart;
        int free = 0;
        boolean openHigh = false;
        for (TextEdit edit : inOrder(edits)) {
            if (edit.start() < free) {
                throw new IllegalArgumentException(edit + " (expected: from " + free + ")");
            }
            free = edit.end();
            int from = Math.max(copied, walk.floor(edit.start()));
            if (from > copied) {
                keep(document, copied, from, openHigh, out);
                openHigh = walk.isAfterLoneHigh();
            }
            out.appendEscaped(edit.replacement());
            openHigh &= edit.replacement().isEmpty();
            copied = Math.max(from, walk.ceiling(edit.end()));
        }
        keep(document, copied, literalEnd, openHigh, out);
        return out.toByteArray();
    }

    private static void keep(byte[] document, int from, int to, boolean afterLoneHigh, Utf8Output out) {
        if (afterLoneHigh
                && StringLiteral.isUnit(document, from, to)
                && Character.isLowSurrogate(StringLiteral.unit(document, from))) {
            out.appendCodePoint(Utf8Output.REPLACEMENT);
        }
        out.append(document, from, to);
    }

    private static List<TextEdit> inOrder(List<TextEdit> edits) {
        return edits.stream()
                .sorted(Comparator.comparingInt(TextEdit::start).thenComparingInt(TextEdit::end))
                .toList();
    }
}
