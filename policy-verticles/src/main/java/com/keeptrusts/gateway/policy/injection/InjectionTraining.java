package com.keeptrusts.gateway.policy.injection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Trains the model that ships with the detector. The same texts in the same order give the same bytes. */
public final class InjectionTraining {

    static final long SEED = 7;

    /** The few weights beyond three hundredths of a percent at either end are cut off. */
    private static final double KEPT = 0.9997;

    private InjectionTraining() {}

    /** What came out. */
    public static final class Trained {

        private final byte[] model;
        private final int texts;

        private Trained(byte[] model, int texts) {
            this.model = model;
            this.texts = texts;
        }

        /**
         * How many of the texts taught the model: those under share-alike licences, and attacks that read like ordinary
         * requests, do not.
         */
        public int texts() {
            return texts;
        }

        /** The digest in hexadecimal that the detector checks when it loads the model. */
        public String sha256() {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(model));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }

        /** Writes {@code injection-model.bin} and {@code injection-model.properties} into a folder that exists. */
        public void write(Path folder) throws IOException {
            Files.write(folder.resolve("injection-model.bin"), model);
            Files.writeString(
                    folder.resolve("injection-model.properties"),
                    "# Written by kt train injection; see injection-model.md.\nsha256=" + sha256() + "\ntexts=" + texts
                            + "\n");
        }
    }

    /** Fits the weights; takes seconds for ten thousand texts, on the calling thread. */
    public static Trained train(List<LabelledText> texts) {
        var examples = new TrainingExamples(texts);
        List<ModelTraining.Example> chosen = texts.stream()
                .filter(TrainingExamples::teaches)
                .map(examples::of)
                .toList();
        return new Trained(file(ModelTraining.fit(chosen, SEED)), chosen.size());
    }

    /** Weights as signed bytes. */
    private static byte[] file(ModelTraining model) {
        float[] weights = model.weights();
        double[] sizes = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            sizes[i] = Math.abs(weights[i]);
        }
        Arrays.sort(sizes);
        float scale = (float) Math.max(sizes[(int) (sizes.length * KEPT)] / 127, Float.MIN_NORMAL);
        var out = ByteBuffer.allocate(16 + weights.length)
                .putInt(TextModel.MAGIC)
                .putInt(NgramFeatures.BITS)
                .putFloat(scale)
                .putFloat((float) model.bias());
        for (float weight : weights) {
            out.put((byte) Math.clamp(Math.round(weight / scale), -127, 127));
        }
        return out.array();
    }
}
