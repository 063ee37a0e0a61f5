package com.keeptrusts.gateway.node.scaling;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The value that a signal is to be kept at: above it workers are too few, below it too many. */
public record Target(Signal signal, double value) {

    /** A measured value this near to the target is as good as the target, so that nobody starts and stops in turn. */
    private static final double TOLERANCE = 0.1;

    public Target {
        if (!(value > 0) || Double.isInfinite(value) || (signal == Signal.BUSY && value > 1)) {
            throw new IllegalArgumentException(signal.wire() + "=" + value + " (expected: more than 0"
                    + (signal == Signal.BUSY ? ", at most 1)" : ")"));
        }
    }

    /**
     * Reads {@code busy}, {@code busy=0.7}, {@code queue=4} or {@code p99=50} (milliseconds).
     *
     * @throws IllegalArgumentException that tells what was expected
     */
    public static Target parse(String text) {
        String[] parts = text.strip().split("=", 2);
        Signal signal = Arrays.stream(Signal.values())
                .filter(one -> one.wire().equals(parts[0].toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' (expected: " + names() + ")"));
        try {
            return new Target(signal, parts.length == 1 ? signal.ordinary() : Double.parseDouble(parts[1]));
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("'" + text + "' (expected: a number after " + parts[0] + "=)");
        }
    }

    /** How many workers would bring the signal to the target, were it shared out evenly among them. */
    int wanted(List<WorkerLoad> workers) {
        double ratio = signal.measure(workers) / value;
        return Math.abs(ratio - 1) <= TOLERANCE
                ? workers.size()
                : (int) Math.min(Integer.MAX_VALUE, Math.ceil(workers.size() * ratio));
    }

    private static String names() {
        return Arrays.stream(Signal.values()).map(Signal::wire).collect(Collectors.joining(", "));
    }
}
