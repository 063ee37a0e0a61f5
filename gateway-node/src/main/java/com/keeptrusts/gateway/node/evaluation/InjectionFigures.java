package com.keeptrusts.gateway.node.evaluation;

import com.keeptrusts.gateway.policy.injection.InjectionDetector;
import com.keeptrusts.gateway.policy.injection.LabelledText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what of the labelled texts was flagged: altogether, and by every property that a text has. */
final class InjectionFigures {

    private static final int BINS = 10_000;
    private static final double[] ALARM_RATES = {0.001, 0.005, 0.01, 0.02, 0.05};

    private static final class Count {
        private long texts;
        private long flagged;

        void add(boolean flag) {
            texts++;
            flagged += flag ? 1 : 0;
        }

        double share() {
            return Table.share(flagged, texts);
        }
    }

    private final Count attacks = new Count();
    private final Count benign = new Count();
    private final Map<String, Count> summary = new TreeMap<>();
    private final Map<String, Map<String, Count>> properties = new TreeMap<>();
    private final Map<String, long[]> scores = new TreeMap<>();

    void add(LabelledText text, double score) {
        boolean flag = score >= InjectionDetector.THRESHOLD;
        (text.attack() ? attacks : benign).add(flag);
        String kind = kind(text);
        summary.computeIfAbsent(kind, _ -> new Count()).add(flag);
        scores.computeIfAbsent(kind, _ -> new long[BINS + 1])[(int) (score * BINS)]++;
        String side = text.attack() ? "attack " : "harmless ";
        count("family", side + text.family(), flag);
        count("source", side + text.provider(), flag);
        count("channel", side + text.origin(), flag);
        count("language", side + text.language(), flag);
        if (!text.subset().isEmpty()) {
            count("subset", side + text.subset(), flag);
        }
    }

    private void count(String property, String value, boolean flag) {
        properties
                .computeIfAbsent(property, _ -> new TreeMap<>())
                .computeIfAbsent(value, _ -> new Count())
                .add(flag);
    }

    private static String kind(LabelledText text) {
        if (text.attack()) {
            return text.explicit() ? "explicit" : "implicit";
        }
        return text.hard() ? "hard" : "ordinary";
    }

    List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        tables.add(overall());
        tables.add(kinds());
        tables.add(rates());
        properties.forEach((property, values) -> {
            var table = new Table("By " + property, property, "texts", "flagged", "share");
            values.forEach((value, count) -> table.row(value, count.texts, count.flagged, count.share()));
            tables.add(table);
        });
        return tables;
    }

    private Table overall() {
        double precision = Table.share(attacks.flagged, attacks.flagged + benign.flagged);
        double recall = attacks.share();
        double f1 = 2 * precision * recall / (precision + recall);
        return new Table("At the shipped threshold", "figure", "value")
                .row("threshold", InjectionDetector.THRESHOLD)
                .row("precision", precision)
                .row("recall", recall)
                .row("F1", f1)
                .row("false-positive rate", benign.share())
                .row("recall, mean of the explicit families", mean("attack ", true))
                .row("accuracy, mean of the harmless families", 1 - mean("harmless ", false));
    }

    private double mean(String side, boolean explicitOnly) {
        return properties.getOrDefault("family", Map.of()).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(side))
                .filter(entry ->
                        !explicitOnly || LabelledText.isExplicit(entry.getKey().substring(side.length())))
                .mapToDouble(entry -> entry.getValue().share())
                .average()
                .orElse(Table.NONE);
    }

    private Table kinds() {
        var table = new Table("By kind", "texts", "number", "flagged", "share");
        row(table, "explicit attacks: recall", "explicit");
        row(table, "implicit attacks: recall", "implicit");
        row(table, "ordinary harmless texts: false alarms", "ordinary");
        row(table, "hard harmless texts: false alarms", "hard");
        return table;
    }

    private void row(Table table, String name, String kind) {
        Count count = summary.getOrDefault(kind, new Count());
        table.row(name, count.texts, count.flagged, count.share());
    }

    /** What other thresholds would do; each is read from the ordinary texts of this very data. */
    private Table rates() {
        var table = new Table(
                "At other thresholds", "ordinary false alarms at most", "threshold", "explicit", "implicit", "hard");
        long all = above("ordinary", 0);
        for (double rate : ALARM_RATES) {
            int bin = 0;
            while (bin <= BINS && above("ordinary", bin) > rate * all) {
                bin++;
            }
            table.row(
                    rate,
                    (double) bin / BINS,
                    Table.share(above("explicit", bin), above("explicit", 0)),
                    Table.share(above("implicit", bin), above("implicit", 0)),
                    Table.share(above("hard", bin), above("hard", 0)));
        }
        return table;
    }

    private long above(String kind, int bin) {
        long[] bins = scores.getOrDefault(kind, new long[BINS + 1]);
        long sum = 0;
        for (int i = bin; i <= BINS; i++) {
            sum += bins[i];
        }
        return sum;
    }
}
