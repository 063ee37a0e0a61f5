package com.keeptrusts.gateway.policy.injection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Properties;

/**
 * The trained model: a linear classifier over hashed features that scores each window of a text and takes the worst.
 * Its weights lie beside it, with their digest and a card that tells what they were made of.
 */
final class TextModel {

    /** Added to the number of features, so that a handful of them proves little. */
    static final double SMOOTHING = 20;

    /** "KTM1". */
    static final int MAGIC = 0x4B544D31;

    private static final TextModel BUNDLED = read();

    private final byte[] weights;
    private final float scale;
    private final float bias;

    private TextModel(ByteBuffer file) {
        if (file.getInt() != MAGIC || file.getInt() != NgramFeatures.BITS) {
            throw new IllegalStateException("injection-model.bin: another format (expected: KTM1)");
        }
        this.scale = file.getFloat();
        this.bias = file.getFloat();
        this.weights = new byte[1 << NgramFeatures.BITS];
        file.get(weights);
    }

    static TextModel bundled() {
        return BUNDLED;
    }

    /** Log-odds of the worst window; not calibrated. */
    double logOdds(FoldedText text) {
        int segments = NgramFeatures.segments(text);
        int[] sums = new int[segments];
        int[] counts = new int[segments];
        NgramFeatures.read(text, (segment, number) -> {
            sums[segment] += weights[number];
            counts[segment]++;
        });
        double worst = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < Math.max(1, segments - 1); i++) {
            int sum = sums[i] + (i + 1 < segments ? sums[i + 1] : 0);
            int count = counts[i] + (i + 1 < segments ? counts[i + 1] : 0);
            worst = Math.max(worst, sum / Math.sqrt(count + SMOOTHING));
        }
        return bias + scale * worst;
    }

    private static TextModel read() {
        try (InputStream in = resource("injection-model.bin");
                InputStream about = resource("injection-model.properties")) {
            byte[] bytes = in.readAllBytes();
            var properties = new Properties();
            properties.load(about);
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            if (!digest.equals(properties.getProperty("sha256"))) {
                throw new IllegalStateException("injection-model.bin: SHA-256 " + digest + " (expected: "
                        + properties.getProperty("sha256") + ")");
            }
            return new TextModel(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static InputStream resource(String name) {
        InputStream found = TextModel.class.getResourceAsStream(name);
        if (found == null) {
            throw new IllegalStateException(name + ": not on the class path");
        }
        return found;
    }
}
