package com.keeptrusts.gateway.node.scaling;

import java.util.List;
import java.util.Locale;

/** What is looked at to tell whether there are enough workers: the average over them. */
public enum Signal {
    /** Share of the time at work, 0 to 1. */
    BUSY(0.7),
    /** Calls that wait in a worker. */
    QUEUE(4),
    /** 99th percentile of the answer times, in milliseconds. */
    P99(50);

    private final double ordinary;

    Signal(double ordinary) {
        this.ordinary = ordinary;
    }

    /** The value to aim at where the operator names none. */
    double ordinary() {
        return ordinary;
    }

    /** 0 when there is no worker. */
    double measure(List<WorkerLoad> workers) {
        return workers.stream().mapToDouble(this::of).average().orElse(0);
    }

    private double of(WorkerLoad worker) {
        return switch (this) {
            case BUSY -> worker.busyShare();
            case QUEUE -> worker.queueDepth();
            case P99 -> worker.p99Micros() / 1e3;
        };
    }

    /** As an operator writes it. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
