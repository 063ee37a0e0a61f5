package com.keeptrusts.gateway.node.evaluation;

import com.keeptrusts.gateway.policy.injection.LabelledText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Labelled texts, held in memory for training and cross-validation. */
public final class LabelledTexts {

    private LabelledTexts() {}

    /** Every line; throws {@link DataFileException} for one without a label. */
    public static List<LabelledText> read(DataFiles data) throws IOException {
        List<LabelledText> texts = new ArrayList<>();
        data.read(Long.MAX_VALUE, (json, number) -> {
            LabelledText text = LabelledText.of(json, "line " + number);
            if (!text.labelled()) {
                throw new IllegalArgumentException("label: missing (expected: injection, jailbreak or benign)");
            }
            texts.add(text);
        });
        return texts;
    }

    /** The files of a folder that end in {@code .jsonl}, in the order of their names. */
    public static List<LabelledText> readFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DataFileException(folder + ": no such folder (expected: one with *.jsonl of labelled texts)");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return read(new DataFiles(files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()));
        }
    }
}
