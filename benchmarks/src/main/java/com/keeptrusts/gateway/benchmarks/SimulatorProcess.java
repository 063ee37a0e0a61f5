package com.keeptrusts.gateway.benchmarks;

import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The upstream, as a process of its own that remembers no requests. */
final class SimulatorProcess {

    private SimulatorProcess() {}

    /** Takes the port; runs until it is ended. */
    public static void main(String[] args) throws Exception {
        var settings = SimulatorSettings.cerebras()
                .withAddress("127.0.0.1", Integer.parseInt(args[0]))
                .withRequestsKept(0);
        CerebrasSimulator.start(Vertx.vertx(), settings).await(20, TimeUnit.SECONDS);
        new CountDownLatch(1).await();
    }
}
