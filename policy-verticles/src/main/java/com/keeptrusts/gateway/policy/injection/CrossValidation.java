package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.config.Section;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What rules and model come to on texts that the model has not seen: each source is left out in turn, with every text
 * of its clusters. Two sources are the only ones of their kind (role prompts, jailbreaks) and are left out in sixths.
 */
public final class CrossValidation {

    private static final Set<String> ONLY_ONES = Set.of("f/awesome-chatgpt-prompts", "NVIDIA/garak");

    private CrossValidation() {}

    /**
     * Scores of {@code texts}, in their order.
     *
     * @param always texts that teach every one of the models beside the ones not left out, as the project's own do
     */
    public static double[] scores(List<LabelledText> texts, List<LabelledText> always) {
        var scorer = new TextScorer(Section.read("policy.prompt-injection", new JsonObject(), InjectionSettings::from));
        var examples = new TrainingExamples(IntStream.range(0, texts.size() + always.size())
                .mapToObj(i -> i < texts.size() ? texts.get(i) : always.get(i - texts.size()))
                .toList());
        List<ModelTraining.Example> all = texts.stream().map(examples::of).toList();
        List<ModelTraining.Example> own = always.stream()
                .filter(TrainingExamples::teaches)
                .map(examples::of)
                .toList();
        var scores = new double[texts.size()];
        Map<String, List<Integer>> folds = new TreeMap<>(
                IntStream.range(0, texts.size()).boxed().collect(Collectors.groupingBy(i -> fold(texts.get(i)))));
        folds.forEach((name, fold) -> {
            var clusters =
                    new HashSet<>(fold.stream().map(i -> texts.get(i).cluster()).toList());
            List<ModelTraining.Example> others = IntStream.range(0, texts.size())
                    .filter(i -> !clusters.contains(texts.get(i).cluster()))
                    .filter(i -> !fold(texts.get(i)).equals(name))
                    .filter(i -> TrainingExamples.teaches(texts.get(i)))
                    .mapToObj(all::get)
                    .collect(Collectors.toList());
            others.addAll(own);
            ModelTraining model = ModelTraining.fit(others, NgramFeatures.BITS, InjectionTraining.SEED);
            fold.forEach(i -> {
                LabelledText text = texts.get(i);
                Evidence evidence = scorer.score(text.text(), text.channel()).evidence();
                scores[i] = TextScorer.combine(model.score(all.get(i)), evidence);
            });
        });
        return scores;
    }

    private static String fold(LabelledText text) {
        String provider = text.provider();
        return ONLY_ONES.contains(provider)
                ? provider + Math.floorMod(text.cluster().hashCode(), 6)
                : provider;
    }
}
