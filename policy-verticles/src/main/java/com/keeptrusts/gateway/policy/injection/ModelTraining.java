package com.keeptrusts.gateway.policy.injection;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Fits the weights of the trained model to labelled texts: logistic loss on the most suspicious window of each text. */
final class ModelTraining {

    private static final int EPOCHS = 12;
    private static final double RATE = 0.25;
    private static final double DECAY = 2e-5;

    /** One text as the model sees it: the features of each segment. */
    static final class Example {

        private final int[][] segments;
        private final boolean attack;
        private final double weight;

        private Example(int[][] segments, boolean attack, double weight) {
            this.segments = segments;
            this.attack = attack;
            this.weight = weight;
        }

        static Example of(Features text, boolean attack, double weight) {
            int[][] segments = new int[text.segments()][64];
            int[] sizes = new int[segments.length];
            text.read((segment, number) -> {
                if (sizes[segment] == segments[segment].length) {
                    segments[segment] = Arrays.copyOf(segments[segment], 2 * sizes[segment]);
                }
                segments[segment][sizes[segment]++] = number;
            });
            for (int s = 0; s < segments.length; s++) {
                segments[s] = Arrays.copyOf(segments[s], sizes[s]);
            }
            return new Example(segments, attack, weight);
        }

        int windows() {
            return Math.max(1, segments.length - 1);
        }
    }

    private final float[] weights;
    private final float[] squares;
    private double bias = -2;
    private double biasSquares = 1;

    private ModelTraining(int bits) {
        this.weights = new float[1 << bits];
        this.squares = new float[1 << bits];
    }

    /** Fits {@code 2^bits} weights; the same examples in the same order with the same seed give the same weights. */
    static ModelTraining fit(List<Example> examples, int bits, long seed) {
        var model = new ModelTraining(bits);
        var random = new Random(seed);
        Example[] order = examples.toArray(Example[]::new);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            shuffle(order, random);
            for (Example example : order) {
                model.learn(example, epoch < 2 ? random.nextInt(example.windows()) : model.worstWindow(example));
            }
        }
        return model;
    }

    float[] weights() {
        return weights;
    }

    double bias() {
        return bias;
    }

    double score(Example example) {
        return score(example, worstWindow(example));
    }

    private void learn(Example example, int window) {
        double probability = 1 / (1 + Math.exp(-score(example, window)));
        double error = ((example.attack ? 1 : 0) - probability) * example.weight;
        double scale = error / Math.sqrt(size(example, window) + WindowModel.SMOOTHING);
        biasSquares += error * error;
        bias += RATE * 0.3 * error / Math.sqrt(biasSquares);
        for (int s = window; s < Math.min(window + 2, example.segments.length); s++) {
            for (int number : example.segments[s]) {
                double gradient = scale - DECAY * weights[number];
                squares[number] += (float) (gradient * gradient);
                weights[number] += (float) (RATE * gradient / Math.sqrt(squares[number] + 1e-4));
            }
        }
    }

    private int worstWindow(Example example) {
        int worst = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int window = 0; window < example.windows(); window++) {
            double score = score(example, window);
            if (score > highest) {
                highest = score;
                worst = window;
            }
        }
        return worst;
    }

    private double score(Example example, int window) {
        double sum = 0;
        for (int s = window; s < Math.min(window + 2, example.segments.length); s++) {
            for (int number : example.segments[s]) {
                sum += weights[number];
            }
        }
        return bias + sum / Math.sqrt(size(example, window) + WindowModel.SMOOTHING);
    }

    private static int size(Example example, int window) {
        int size = example.segments[window].length;
        return window + 1 < example.segments.length ? size + example.segments[window + 1].length : size;
    }

    private static void shuffle(Example[] order, Random random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            Example swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
