package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.config.Section;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The operator's classifier with the scores at which it is asked. */
record Classifier(TextClassifier text, Band band) {

    /** Log-odds that a classifier may add or take away at most, so that one voice is not all. */
    private static final double MOST = 6;

    /** Opens the classifier that a section names; records what is wrong, and gives null, when that cannot be done. */
    static @Nullable Classifier open(Section section, @Nullable ClassifierSettings settings) {
        if (settings == null) {
            return null;
        }
        Optional<TextClassifierFactory> factory =
                ServiceLoader.load(TextClassifierFactory.class).findFirst();
        if (factory.isEmpty()) {
            section.refuse(
                    "model",
                    "no library for classifiers is installed (expected: the module onnx-classifier; build with"
                            + " MAVEN_ARGS=-Ponnx)");
            return null;
        }
        try {
            TextClassifier opened = factory.get().open(Path.of(settings.path()), Path.of(settings.tokenizer()));
            return new Classifier(opened, settings.band());
        } catch (IllegalArgumentException e) {
            section.refuse("model", String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** The mean of both voices in log-odds. */
    double weigh(double local, String worst) {
        return probability((logOdds(local) + logOdds(text.score(worst))) / 2);
    }

    private static double logOdds(double probability) {
        double bounded = Math.clamp(probability, 1e-6, 1 - 1e-6);
        return Math.clamp(Math.log(bounded / (1 - bounded)), -MOST, MOST);
    }

    private static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }
}
