package com.keeptrusts.gateway.benchmarks.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * Sends rendered requests and measures the answers. Uses one event loop and understands no more of an answer than its
 * end and the number of its events, so that it is not what is measured.
 */
public final class LoadGenerator {

    private final Vertx vertx;

    public LoadGenerator(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Completes when the time is over and the answers under way have ended or their grace has. */
    public Future<LoadReport> run(LoadPlan plan) {
        return LoadRun.start(vertx, plan);
    }
}
