package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.json.JsonDocument;
import com.keeptrusts.gateway.json.JsonRefusal;
import com.keeptrusts.gateway.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What stood where a policy put markers, so that the same client finds it again in its answer. Never leaves this node's
 * memory, is as large as the request at most, and goes with it. A marker is put back where it stands letter for letter;
 * one that a model has changed is text like any other.
 */
final class Restorations {

    static final String CATEGORY = "RESTORED";

    private final NavigableMap<String, UserText> originals = new TreeMap<>();
    private final TreeSet<Integer> lengths = new TreeSet<>(Comparator.reverseOrder());
    private final BitSet beginnings = new BitSet();

    void remember(List<Edit> edits, List<TextPart> before) {
        for (Edit edit : edits) {
            TextPart part = before.get(edit.part());
            String original = part.text().value().substring(edit.start(), edit.end());
            if (part.channel() == Channel.TOOL_ARGUMENTS) {
                remember(unescaped(unquoted(edit.replacement().value())), unescaped(original));
            } else {
                remember(edit.replacement().value(), original);
            }
        }
    }

    private void remember(String marker, String original) {
        if (!marker.isEmpty() && originals.putIfAbsent(marker, new UserText(original)) == null) {
            lengths.add(marker.length());
            beginnings.set(marker.charAt(0));
        }
    }

    boolean isEmpty() {
        return originals.isEmpty();
    }

    void applyTo(EditableTexts texts) {
        if (isEmpty()) {
            return;
        }
        List<Edit> edits = new ArrayList<>();
        for (TextPart part : texts.parts()) {
            for (Found found : in(part.channel(), part.text().value(), true).found()) {
                edits.add(new Edit(part.id(), found.start(), found.end(), CATEGORY, found.original()));
            }
        }
        texts.apply(edits);
    }

    /**
     * The markers in a text, in order; where several begin, the longest. Linear in the text's length.
     *
     * @param complete whether the text does not go on, so that the beginning of a marker at its end is none
     */
    Markers in(Channel channel, String text, boolean complete) {
        List<Found> found = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (!beginnings.get(text.charAt(at))) {
                at++;
                continue;
            }
            if (!complete && mayGoOn(text, at)) {
                return new Markers(found, at);
            }
            String marker = markerAt(text, at);
            UserText original = marker == null ? null : originals.get(marker);
            if (marker == null || original == null) {
                at++;
            } else {
                found.add(new Found(at, at + marker.length(), fitted(channel, original)));
                at += marker.length();
            }
        }
        return new Markers(found, text.length());
    }

    /** Whether everything from {@code at} on is the beginning of a longer marker. */
    private boolean mayGoOn(String text, int at) {
        if (text.length() - at >= lengths.getFirst()) {
            return false;
        }
        String rest = text.substring(at);
        String next = originals.higherKey(rest);
        return next != null && next.startsWith(rest);
    }

    private @Nullable String markerAt(String text, int at) {
        for (int length : lengths) {
            if (at + length <= text.length()) {
                String candidate = text.substring(at, at + length);
                if (originals.containsKey(candidate)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    /** Arguments of tools are JSON, so a text in them is escaped. */
    private static UserText fitted(Channel channel, UserText original) {
        if (channel != Channel.TOOL_ARGUMENTS) {
            return original;
        }
        return new UserText(unquoted(new String(JsonText.literal(original.value()), StandardCharsets.UTF_8)));
    }

    /** Where a bare number stood the marker has quotes. */
    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static String unescaped(String text) {
        try {
            byte[] literal = ('"' + text + '"').getBytes(StandardCharsets.UTF_8);
            return text.indexOf('\\') < 0
                    ? text
                    : JsonDocument.parse(literal).root().text();
        } catch (JsonRefusal e) {
            return text; // what was sent as arguments was no JSON, and comes back as it was
        }
    }

    /** A marker in a text, and what it stands for. */
    record Found(int start, int end, UserText original) {}

    /**
     * What was found in a text.
     *
     * @param upTo from where on it may end in the beginning of a marker; its length when it does not
     */
    record Markers(List<Found> found, int upTo) {}
}
