package com.keeptrusts.gateway.policy.injection;

import java.nio.file.Path;

/** Opens classifiers; found by {@link java.util.ServiceLoader}, so that its libraries are needed only where it is used. */
public interface TextClassifierFactory {

    /**
     * Loads a model with its tokenizer and tries it once.
     *
     * @throws IllegalArgumentException saying which file is at fault, what is wrong with it and what was expected
     */
    TextClassifier open(Path model, Path tokenizer);
}
