package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.benchmarks.load.Arrival;
import com.keeptrusts.gateway.benchmarks.load.ChatRequests;
import com.keeptrusts.gateway.benchmarks.load.LoadGenerator;
import com.keeptrusts.gateway.benchmarks.load.LoadPlan;
import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Load on a gateway in this process, from which the JVM learns what to compile first when it is started next. */
final class Rehearsal {

    private static final String HOST = "127.0.0.1";
    private static final int CONNECTIONS = 16;
    private static final int PROMPT_BYTES = 1_000;

    private final Vertx vertx;
    private final CerebrasSimulator simulator;
    private final int port;

    Rehearsal(Vertx vertx, CerebrasSimulator simulator, int port) {
        this.vertx = vertx;
        this.simulator = simulator;
        this.port = port;
    }

    /** Whole answers for so long, then streamed ones. */
    void run(Duration each) throws TimeoutException {
        simulator.options(Map.of("rate", "0", "ttft_ms", "0", "queue_ms", "0", "tokens", "60"));
        for (boolean stream : new boolean[] {false, true}) {
            var requests = new ChatRequests(HOST, port, "llama3.3-70b", PROMPT_BYTES, stream, "unused").render(16);
            var plan = LoadPlan.of(HOST, port, requests, new Arrival.Closed(CONNECTIONS), each);
            new LoadGenerator(vertx).run(plan).await(each.toSeconds() + 60, TimeUnit.SECONDS);
        }
    }
}
