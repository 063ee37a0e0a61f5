package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.UserText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stood where a policy put markers, so that the same client finds it again in its answer. Never leaves memory. */
final class Restorations {

    static final String CATEGORY = "RESTORED";

    private final Map<String, String> originals = new LinkedHashMap<>();
    private int longest;

    void remember(List<Edit> edits, List<TextPart> before) {
        for (Edit edit : edits) {
            String marker = edit.replacement().value();
            String text = before.get(edit.part()).text().value();
            if (!marker.isEmpty()) {
                originals.putIfAbsent(marker, text.substring(edit.start(), edit.end()));
                longest = Math.max(longest, marker.length());
            }
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
            for (Found found : in(part.text().value())) {
                edits.add(new Edit(part.id(), found.start(), found.end(), CATEGORY, new UserText(found.original())));
            }
        }
        texts.apply(edits);
    }

    /** The markers in a text, in order; where several begin, the longest. */
    List<Found> in(String text) {
        List<Found> found = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            String marker = markerAt(text, at);
            if (marker == null) {
                at++;
            } else {
                found.add(new Found(at, at + marker.length(), originals.getOrDefault(marker, "")));
                at += marker.length();
            }
        }
        return found;
    }

    /** From where on a text may end in the beginning of a marker; its length when it does not. */
    int openFrom(String text, int from) {
        for (int at = Math.max(from, text.length() - longest + 1); at < text.length(); at++) {
            for (String marker : originals.keySet()) {
                if (marker.length() > text.length() - at && marker.startsWith(text.substring(at))) {
                    return at;
                }
            }
        }
        return text.length();
    }

    private @Nullable String markerAt(String text, int at) {
        String best = null;
        for (String marker : originals.keySet()) {
            if (text.startsWith(marker, at) && (best == null || marker.length() > best.length())) {
                best = marker;
            }
        }
        return best;
    }

    /** A marker in a text, and what it stands for. */
    record Found(int start, int end, String original) {}
}
