package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.config.Section;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Scores a labelled file and prints recall and false alarms per family and the time per KB; never a text.
 * Arguments: the file, and optionally where to write predictions.
 */
final class DetectionReport {

    private record Scored(DevelopmentText text, TextScore result, double micros) {}

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private DetectionReport() {}

    public static void main(String[] arguments) throws IOException {
        List<DevelopmentText> texts = DevelopmentText.read(Path.of(arguments[0]));
        var scorer = new TextScorer(Section.read("policy.prompt-injection", new JsonObject(), InjectionSettings::from));
        for (int round = 0; round < 3; round++) {
            score(texts, scorer); // warms up
        }
        List<Scored> scored = score(texts, scorer);
        print(scored);
        if (arguments.length > 1) {
            Files.write(
                    Path.of(arguments[1]),
                    scored.stream().map(DetectionReport::prediction).toList());
        }
    }

    private static List<Scored> score(List<DevelopmentText> texts, TextScorer scorer) {
        List<Scored> scored = new ArrayList<>();
        for (DevelopmentText text : texts) {
            long start = CLOCK.getCurrentThreadCpuTime();
            TextScore result = scorer.score(text.text(), text.channel());
            scored.add(new Scored(text, result, (CLOCK.getCurrentThreadCpuTime() - start) / 1_000.0));
        }
        return scored;
    }

    private static String prediction(Scored scored) {
        return new JsonObject()
                .put("id", scored.text().id())
                .put("score", scored.result().score())
                .put("us", scored.micros())
                .put("why", scored.result().evidence().toString())
                .encode();
    }

    private static void print(List<Scored> scored) {
        line("recall, explicit attacks", scored, text -> text.explicit());
        line("recall, implicit attacks", scored, text -> text.attack() && !text.explicit());
        line("false alarms, ordinary", scored, text -> text.ordinary());
        line("false alarms, hard", scored, text -> !text.attack() && !text.ordinary());
        Map<String, String> families = new TreeMap<>();
        scored.forEach(one -> families.put(
                (one.text().attack() ? "attack " : "benign ") + one.text().family(),
                one.text().family()));
        families.forEach((name, family) ->
                line("  " + name, scored, text -> text.family().equals(family)));
        double kilobytes = scored.stream()
                .mapToDouble(one -> one.text().text().length() / 1024.0)
                .sum();
        double micros = scored.stream().mapToDouble(Scored::micros).sum();
        double[] sorted = scored.stream().mapToDouble(Scored::micros).sorted().toArray();
        System.out.printf(
                "%.1f us per KB; per text p50 %.1f us, p99 %.1f us, max %.1f us%n",
                micros / kilobytes,
                sorted[sorted.length / 2],
                sorted[sorted.length * 99 / 100],
                sorted[sorted.length - 1]);
    }

    private static void line(String name, List<Scored> scored, Predicate<DevelopmentText> chosen) {
        List<Scored> rows =
                scored.stream().filter(one -> chosen.test(one.text())).toList();
        long flagged = rows.stream()
                .filter(one -> one.result().score() >= InjectionSettings.DEFAULT_THRESHOLD)
                .count();
        System.out.printf("%-34s %6d  %.4f%n", name, rows.size(), (double) flagged / Math.max(1, rows.size()));
    }
}
