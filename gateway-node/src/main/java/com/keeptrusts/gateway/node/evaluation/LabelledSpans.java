package com.keeptrusts.gateway.node.evaluation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One text with the personal data that stands in it.
 *
 * @param labelled whether somebody said what stands in the text
 * @param spans empty where nothing may be found
 * @param scope types that the text is labelled for; empty means every type
 * @param group where the text comes from, or what kind of harmless text it is
 */
record LabelledSpans(String id, String text, boolean labelled, List<Span> spans, Set<String> scope, String group) {

    /**
     * A value in a text. Offsets are Unicode code points, end exclusive.
     *
     * @param optional whether it may be left
     */
    record Span(int start, int end, String type, boolean optional) {

        int overlap(Span other) {
            return Math.max(0, Math.min(end, other.end) - Math.max(start, other.start));
        }

        int length() {
            return end - start;
        }
    }

    static LabelledSpans of(JsonObject json, String idWhenNone) {
        if (!(json.getValue("text") instanceof String text)) {
            throw new IllegalArgumentException("text: missing (expected: a string)");
        }
        Object id = json.getValue("id");
        var scope = new TreeSet<String>();
        JsonArray types = json.getJsonArray("scope");
        if (types != null) {
            types.forEach(type -> scope.add(type.toString()));
        }
        List<Span> spans = spans(json, text.codePointCount(0, text.length()));
        String group = json.getString("negative_kind", json.getString("group", "none"));
        return new LabelledSpans(
                id == null ? idWhenNone : id.toString(), text, json.getJsonArray("spans") != null, spans, scope, group);
    }

    private static List<Span> spans(JsonObject json, int length) {
        JsonArray labelled = json.getJsonArray("spans");
        if (labelled == null) {
            return List.of();
        }
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < labelled.size(); i++) {
            JsonObject span = labelled.getJsonObject(i);
            int start = span.getInteger("start", -1);
            int end = span.getInteger("end", -1);
            if (start < 0 || end <= start || end > length || span.getString("type") == null) {
                throw new IllegalArgumentException("spans[" + i + "]: not within the text (expected: start, end and"
                        + " type, in code points, 0 <= start < end <= " + length + ")");
            }
            spans.add(new Span(start, end, span.getString("type"), span.getBoolean("optional", false)));
        }
        return spans;
    }

    boolean judges(String type) {
        return TypeNames.counts(type) && (scope.isEmpty() || scope.contains(type));
    }

    @Override
    public String toString() {
        return "LabelledSpans[" + id + "]";
    }
}
