package com.keeptrusts.gateway.node.evaluation;

import com.keeptrusts.gateway.node.evaluation.LabelledSpans.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what of the labelled values was found. A value is found when a span of its type overlaps it by half of both
 * together, and covered when spans of any type hide nine tenths of it. A span that touches no value is a false alarm.
 */
final class PiiFigures {

    private static final double FOUND = 0.5;
    private static final double COVERED = 0.9;

    private static final class Count {
        private long values;
        private long found;
        private long covered;
        private long exact;
        private long right;
        private long confused;
        private long wrong;

        double precision() {
            return Table.share(right, right + wrong);
        }

        void add(Count other) {
            values += other.values;
            found += other.found;
            covered += other.covered;
            exact += other.exact;
            right += other.right;
            confused += other.confused;
            wrong += other.wrong;
        }
    }

    private static final class Harmless {
        private long texts;
        private long touched;
    }

    private final Map<String, Count> types = new TreeMap<>();
    private final Map<String, Count> groups = new TreeMap<>();
    private final Map<String, Harmless> harmless = new TreeMap<>();

    void add(LabelledSpans text, List<Span> predicted) {
        List<Span> judged =
                predicted.stream().filter(span -> text.judges(span.type())).toList();
        var hidden = new BitSet();
        judged.forEach(span -> hidden.set(span.start(), span.end()));
        for (Span value : text.spans()) {
            if (TypeNames.counts(value.type()) && !value.optional()) {
                countValue(value, judged, hidden, type(value.type()));
                countValue(value, judged, hidden, group(text.group()));
            }
        }
        boolean touched = false;
        for (Span span : judged) {
            touched |= countSpan(span, text);
        }
        if (text.spans().isEmpty()) {
            Harmless count = harmless.computeIfAbsent(text.group(), _ -> new Harmless());
            count.texts++;
            count.touched += touched ? 1 : 0;
        }
    }

    private static void countValue(Span value, List<Span> judged, BitSet hidden, Count count) {
        count.values++;
        Span best = null;
        double closest = 0;
        for (Span span : judged) {
            double both = value.overlap(span);
            double either = Math.max(span.end(), value.end()) - Math.min(span.start(), value.start());
            if (span.type().equals(value.type()) && both / either > closest) {
                closest = both / either;
                best = span;
            }
        }
        if (best != null && closest >= FOUND) {
            count.found++;
            count.exact += best.start() == value.start() && best.end() == value.end() ? 1 : 0;
        }
        int covered = hidden.get(value.start(), value.end()).cardinality();
        count.covered += covered >= COVERED * value.length() ? 1 : 0;
    }

    /** Whether it is a false alarm. */
    private boolean countSpan(Span span, LabelledSpans text) {
        List<Span> touched =
                text.spans().stream().filter(value -> value.overlap(span) > 0).toList();
        if (touched.isEmpty()) {
            type(span.type()).wrong++;
            group(text.group()).wrong++;
            return true;
        }
        if (touched.stream().anyMatch(value -> value.type().equals(span.type()))) {
            type(span.type()).right++;
        } else {
            type(span.type()).confused++;
        }
        return false;
    }

    private Count type(String name) {
        return types.computeIfAbsent(name, _ -> new Count());
    }

    private Count group(String name) {
        return groups.computeIfAbsent(name, _ -> new Count());
    }

    List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        tables.add(overall());
        tables.add(byType());
        var byGroup = new Table("By group", "group", "values", "found", "covered", "false alarms");
        groups.forEach((name, count) -> byGroup.row(
                name,
                count.values,
                Table.share(count.found, count.values),
                Table.share(count.covered, count.values),
                count.wrong));
        tables.add(byGroup);
        var untouched = new Table("Harmless texts", "kind", "texts", "touched", "share");
        harmless.forEach((kind, count) ->
                untouched.row(kind, count.texts, count.touched, Table.share(count.touched, count.texts)));
        tables.add(untouched);
        return tables;
    }

    private Table overall() {
        Count core = sum(TypeNames.CORE);
        double macro = TypeNames.CORE.stream()
                .map(types::get)
                .filter(count -> count != null && count.values > 0)
                .mapToDouble(count -> Table.share(count.covered, count.values))
                .average()
                .orElse(Table.NONE);
        double recall = Table.share(core.found, core.values);
        double precision = core.precision();
        long texts = harmless.values().stream().mapToLong(count -> count.texts).sum();
        long touched =
                harmless.values().stream().mapToLong(count -> count.touched).sum();
        return new Table("Core types", "figure", "value")
                .row("values", core.values)
                .row("recall", recall)
                .row("precision", precision)
                .row("F1", 2 * precision * recall / (precision + recall))
                .row("coverage", Table.share(core.covered, core.values))
                .row("coverage, mean of the types", macro)
                .row("harmless texts", texts)
                .row("harmless texts touched", touched)
                .row("share touched", Table.share(touched, texts));
    }

    private Count sum(List<String> names) {
        var sum = new Count();
        names.stream().map(types::get).filter(count -> count != null).forEach(sum::add);
        return sum;
    }

    private Table byType() {
        var table = new Table(
                "By type",
                "type",
                "values",
                "recall",
                "covered",
                "exact",
                "precision",
                "F1",
                "false alarms",
                "confused");
        types.forEach((name, count) -> {
            double recall = Table.share(count.found, count.values);
            double precision = count.precision();
            table.row(
                    name,
                    count.values,
                    recall,
                    Table.share(count.covered, count.values),
                    Table.share(count.exact, count.values),
                    precision,
                    2 * precision * recall / (precision + recall),
                    count.wrong,
                    count.confused);
        });
        return table;
    }
}
