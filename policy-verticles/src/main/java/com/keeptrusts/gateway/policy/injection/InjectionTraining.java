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

    /** A model's file with how many texts taught it. */
    public static final class Trained {

        private final String name;
        private final byte[] model;
        private final int texts;

        private Trained(String name, ModelTraining training, int bits, int texts) {
            this.name = name;
            this.model = file(training, bits);
            this.texts = texts;
        }

        /** The name of its files, without ending. */
        public String name() {
            return name;
        }

        /**
         * How many of the texts taught it: those under share-alike licences, and attacks that read like ordinary
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

        /** Writes {@code <name>.bin} and {@code <name>.properties} into a folder that exists. */
        public void write(Path folder) throws IOException {
            Files.write(folder.resolve(name + ".bin"), model);
            Files.writeString(
                    folder.resolve(name + ".properties"),
                    "# Written by kt train injection; see injection-model.md.\nsha256=" + sha256() + "\ntexts=" + texts
                            + "\n");
        }
    }

    /** Fits both models; takes a minute for fifteen thousand texts, on the calling thread. */
    public static List<Trained> train(List<LabelledText> texts) {
        var examples = new TrainingExamples(texts);
        List<ModelTraining.Example> wording = texts.stream()
                .filter(TrainingExamples::teaches)
                .map(examples::of)
                .toList();
        List<ModelTraining.Example> salad = texts.stream()
                .filter(TrainingExamples::teachesSalad)
                .map(TrainingExamples::salad)
                .toList();
        return List.of(
                new Trained(
                        "injection-model",
                        ModelTraining.fit(wording, NgramFeatures.BITS, SEED),
                        NgramFeatures.BITS,
                        wording.size()),
                new Trained(
                        "suffix-model",
                        ModelTraining.fit(salad, SaladFeatures.BITS, SEED),
                        SaladFeatures.BITS,
                        salad.size()));
    }

    /** Weights as signed bytes. */
    private static byte[] file(ModelTraining model, int bits) {
        float[] weights = model.weights();
        double[] sizes = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            sizes[i] = Math.abs(weights[i]);
        }
        Arrays.sort(sizes);
        float scale = (float) Math.max(sizes[(int) (sizes.length * KEPT)] / 127, Float.MIN_NORMAL);
        var out = ByteBuffer.allocate(16 + weights.length)
                .putInt(WindowModel.MAGIC)
                .putInt(bits)
                .putFloat(scale)
                .putFloat((float) model.bias());
        for (float weight : weights) {
            out.put((byte) Math.clamp(Math.round(weight / scale), -127, 127));
        }
        return out.array();
    }
}
