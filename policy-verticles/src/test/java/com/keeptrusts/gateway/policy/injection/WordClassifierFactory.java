package com.keeptrusts.gateway.policy.injection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A classifier whose model is a file with one word: texts that have it are attacks. */
public final class WordClassifierFactory implements TextClassifierFactory {

    private static final double SURE = 0.999;

    @Override
    public TextClassifier open(Path model, Path tokenizer) {
        try {
            String word = Files.readString(model).strip();
            return text -> text.contains(word) ? SURE : 1 - SURE;
        } catch (IOException _) {
            throw new IllegalArgumentException(model + ": cannot be read (expected: a file with one word)");
        }
    }
}
