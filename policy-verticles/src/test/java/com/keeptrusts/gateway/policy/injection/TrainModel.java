package com.keeptrusts.gateway.policy.injection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Trains the model on the development data and writes it. Arguments: the data, the folder of the model's resources. */
final class TrainModel {

    static final long SEED = 7;

    private TrainModel() {}

    public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
        List<DevelopmentText> texts = DevelopmentText.read(Path.of(arguments[0]));
        Path folder = Path.of(arguments[1]);
        var examples = new DevelopmentExamples(texts);
        List<ModelTraining.Example> chosen = texts.stream()
                .filter(DevelopmentExamples::teaches)
                .map(examples::of)
                .toList();
        byte[] file = file(ModelTraining.fit(chosen, SEED));
        Files.write(folder.resolve("injection-model.bin"), file);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        Files.writeString(
                folder.resolve("injection-model.properties"),
                "# Written by TrainModel; see injection-model.md.\nsha256=" + digest + "\ntexts=" + chosen.size()
                        + "\n");
        System.out.println("trained on " + chosen.size() + " texts, sha256 " + digest);
    }

    /** Weights as signed bytes; the few beyond three hundredths of a percent at either end are cut off. */
    private static byte[] file(ModelTraining model) {
        float[] weights = model.weights();
        double[] sizes = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            sizes[i] = Math.abs(weights[i]);
        }
        java.util.Arrays.sort(sizes);
        float scale = (float) (sizes[(int) (sizes.length * 0.9997)] / 127);
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
