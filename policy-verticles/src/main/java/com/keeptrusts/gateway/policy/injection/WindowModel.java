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
 * A linear classifier over hashed features that scores each window of a text and takes the worst. Its weights lie
 * beside it, with their digest and a card that tells what they were made of.
 */
final class WindowModel {

    /** Added to the number of features, so that a handful of them proves little. */
    static final double SMOOTHING = 20;

    /** "KTM2". */
    static final int MAGIC = 0x4B544D32;

    /** How much the wording of a text is like that of attacks. */
    static final WindowModel WORDING = read("injection-model", NgramFeatures.BITS);

    /** How much a text is like the token salad that optimisation against a model leaves behind a request. */
    static final WindowModel SALAD = read("suffix-model", SaladFeatures.BITS);

    private final byte[] weights;
    private final float scale;
    private final float bias;

    private WindowModel(String name, ByteBuffer file, int bits) {
        if (file.getInt() != MAGIC || file.getInt() != bits) {
            throw new IllegalStateException(name + ".bin: another format (expected: KTM2 with " + bits + " bits)");
        }
        this.scale = file.getFloat();
        this.bias = file.getFloat();
        this.weights = new byte[1 << bits];
        file.get(weights);
    }

    /** Log-odds of the worst window; not calibrated. */
    double logOdds(Features text) {
        int segments = text.segments();
        int[] sums = new int[segments];
        int[] counts = new int[segments];
        text.read((segment, number) -> {
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

    private static WindowModel read(String name, int bits) {
        try (InputStream in = resource(name + ".bin");
                InputStream about = resource(name + ".properties")) {
            byte[] bytes = in.readAllBytes();
            var properties = new Properties();
            properties.load(about);
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            if (!digest.equals(properties.getProperty("sha256"))) {
                throw new IllegalStateException(
                        name + ".bin: SHA-256 " + digest + " (expected: " + properties.getProperty("sha256") + ")");
            }
            return new WindowModel(name, ByteBuffer.wrap(bytes), bits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static InputStream resource(String name) {
        InputStream found = WindowModel.class.getResourceAsStream(name);
        if (found == null) {
            throw new IllegalStateException(name + ": not on the class path");
        }
        return found;
    }
}
