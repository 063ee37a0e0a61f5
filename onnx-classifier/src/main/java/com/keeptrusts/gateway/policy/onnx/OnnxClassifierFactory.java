package com.keeptrusts.gateway.policy.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.keeptrusts.gateway.policy.injection.TextClassifier;
import com.keeptrusts.gateway.policy.injection.TextClassifierFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens sequence classifiers in ONNX with a Hugging Face {@code tokenizer.json}. */
public final class OnnxClassifierFactory implements TextClassifierFactory {

    private static final int MOST_TOKENS = 512;

    @Override
    public TextClassifier open(Path model, Path tokenizer) {
        requireFile(model, "a model in ONNX");
        requireFile(tokenizer, "a tokenizer.json");
        var opened = new OnnxClassifier(session(model), tokenizer(tokenizer));
        try {
            opened.score("a text to try it with");
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(
                    model + ": " + e.getMessage()
                            + " (expected: a classifier of sequences with the inputs input_ids and,"
                            + " if it likes, attention_mask and token_type_ids)",
                    e);
        }
        return opened;
    }

    private static void requireFile(Path file, String what) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + ": no file that can be read (expected: " + what + ")");
        }
    }

    private static OrtSession session(Path model) {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1); // the policy workers are the parallelism
            return OrtEnvironment.getEnvironment().createSession(model.toString(), options);
        } catch (OrtException e) {
            throw new IllegalArgumentException(model + ": no model in ONNX: " + e.getMessage(), e);
        }
    }

    private static HuggingFaceTokenizer tokenizer(Path file) {
        try {
            return HuggingFaceTokenizer.builder()
                    .optTokenizerPath(file)
                    .optTruncation(true)
                    .optMaxLength(MOST_TOKENS)
                    .build();
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(file + ": no tokenizer.json: " + e.getMessage(), e);
        }
    }
}
