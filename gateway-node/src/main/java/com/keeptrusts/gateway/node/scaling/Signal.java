package com.keeptrusts.gateway.node.scaling;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What is looked at to tell whether there are enough workers: the average over them. */
public enum Signal {
    /** Share of the time at work, 0 to 1. */
    BUSY(0.7, WorkerLoad::busyShare),
    /** Calls that wait in a worker. */
    QUEUE(4, WorkerLoad::queueDepth),
    /** 99th percentile of the answer times, in milliseconds. */
    P99(50, worker -> worker.p99Micros() / 1e3);

    private final double ordinary;
    private final ToDoubleFunction<WorkerLoad> value;

    Signal(double ordinary, ToDoubleFunction<WorkerLoad> value) {
        this.ordinary = ordinary;
        this.value = value;
    }

    /** The value to aim at where the operator names none. */
    double ordinary() {
        return ordinary;
    }

    /** 0 when there is no worker. */
    double measure(List<WorkerLoad> workers) {
        return workers.stream().mapToDouble(value).average().orElse(0);
    }

    /** As an operator writes it. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
