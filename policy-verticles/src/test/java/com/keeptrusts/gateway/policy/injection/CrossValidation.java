package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.config.Section;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What rules and model come to on texts that the model has not seen: each source is left out in turn. Two sources are
 * the only ones of their kind (role prompts, jailbreaks) and are left out in sixths. Prints figures, never a text.
 */
final class CrossValidation {

    private static final Set<String> ONLY_ONES = Set.of("f/awesome-chatgpt-prompts", "NVIDIA/garak");

    private final List<DevelopmentText> texts;
    private final double[] scores;

    private CrossValidation(List<DevelopmentText> texts) {
        this.texts = texts;
        this.scores = new double[texts.size()];
    }

    public static void main(String[] arguments) throws IOException {
        var validation = new CrossValidation(DevelopmentText.read(Path.of(arguments[0])));
        validation.run();
        validation.print();
    }

    private void run() {
        var scorer = new TextScorer(Section.read("policy.prompt-injection", new JsonObject(), InjectionSettings::from));
        var examples = new DevelopmentExamples(texts);
        List<ModelTraining.Example> all = texts.stream().map(examples::of).toList();
        Map<String, List<Integer>> folds = new TreeMap<>(
                IntStream.range(0, texts.size()).boxed().collect(Collectors.groupingBy(i -> fold(texts.get(i)))));
        folds.values().forEach(fold -> {
            var clusters =
                    new HashSet<>(fold.stream().map(i -> texts.get(i).cluster()).toList());
            List<ModelTraining.Example> others = IntStream.range(0, texts.size())
                    .filter(i -> !clusters.contains(texts.get(i).cluster()))
                    .filter(i -> !fold(texts.get(i)).equals(fold(texts.get(fold.getFirst()))))
                    .filter(i -> DevelopmentExamples.teaches(texts.get(i)))
                    .mapToObj(all::get)
                    .toList();
            ModelTraining model = ModelTraining.fit(others, TrainModel.SEED);
            fold.forEach(i -> {
                Evidence evidence = scorer.score(
                                texts.get(i).text(), texts.get(i).channel())
                        .evidence();
                scores[i] = TextScorer.combine(model.score(all.get(i)), evidence);
            });
        });
    }

    private static String fold(DevelopmentText text) {
        String origin = text.origin();
        return ONLY_ONES.contains(origin)
                ? origin + Math.floorMod(text.cluster().hashCode(), 6)
                : origin;
    }

    private void print() {
        line("recall, explicit attacks", text -> text.explicit());
        line("recall, implicit attacks", text -> text.attack() && !text.explicit());
        line("false alarms, ordinary", text -> text.ordinary());
        line("false alarms, hard", text -> !text.attack() && !text.ordinary());
        texts.stream()
                .map(text -> (text.attack() ? "attack " : "benign ") + text.family())
                .collect(Collectors.toCollection(java.util.TreeSet::new))
                .forEach(family -> line(
                        "  " + family, text -> family.equals((text.attack() ? "attack " : "benign ") + text.family())));
        double[] ordinary = IntStream.range(0, scores.length)
                .filter(i -> texts.get(i).ordinary())
                .mapToDouble(i -> -scores[i])
                .sorted()
                .toArray();
        System.out.printf("score of 0.4 %% ordinary false alarms: %.3f%n", -ordinary[(int) (0.004 * ordinary.length)]);
    }

    private void line(String name, Predicate<DevelopmentText> chosen) {
        int[] rows = IntStream.range(0, scores.length)
                .filter(i -> chosen.test(texts.get(i)))
                .toArray();
        long flagged = IntStream.of(rows)
                .filter(i -> scores[i] >= InjectionSettings.DEFAULT_THRESHOLD)
                .count();
        System.out.printf("%-34s %6d  %.4f%n", name, rows.length, (double) flagged / Math.max(1, rows.length));
    }
}
