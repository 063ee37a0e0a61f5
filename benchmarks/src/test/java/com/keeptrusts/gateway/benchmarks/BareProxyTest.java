package com.keeptrusts.gateway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.benchmarks.load.Arrival;
import com.keeptrusts.gateway.benchmarks.load.ChatRequests;
import com.keeptrusts.gateway.benchmarks.load.LoadGenerator;
import com.keeptrusts.gateway.benchmarks.load.LoadPlan;
import com.keeptrusts.gateway.benchmarks.load.LoadReport;
import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The load generator, the simulator and the bare proxy together, as the budgets use them. */
@ExtendWith(VertxExtension.class)
class BareProxyTest {

    private CerebrasSimulator simulator;
    private int port;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        simulator = CerebrasSimulator.start(vertx, SimulatorSettings.cerebras()).await(10, TimeUnit.SECONDS);
        port = Ports.free();
        vertx.deployVerticle(new BareProxy(port, simulator.port())).await(10, TimeUnit.SECONDS);
    }

    @Test
    void wholeAnswersPass(Vertx vertx) throws Exception {
        new SimulatorControl(simulator.port()).answer(20, 0, 0);

        LoadReport report = run(vertx, false, new Arrival.Closed(4), Duration.ofSeconds(5));

        assertThat(report.failures()).isEmpty();
        assertThat(report.completed()).isPositive();
        assertThat(report.events()).isZero();
    }

    @Test
    void streamsPassAtTheirPace(Vertx vertx) throws Exception {
        new SimulatorControl(simulator.port()).answer(100_000, 1_000, 5);

        LoadReport report = run(vertx, true, new Arrival.Closed(2), Duration.ZERO);

        assertThat(report.failures()).isEmpty();
        assertThat(report.streamPace()).isBetween(300.0, 1_500.0);
        assertThat(report.firstToken().p50()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void aReaderThatLeavesEndsTheStreamUpstream(Vertx vertx) throws Exception {
        var control = new SimulatorControl(simulator.port());
        control.answer(100_000, 50, 0);

        LoadReport report = run(vertx, true, new Arrival.Closed(3), Duration.ZERO);

        assertThat(report.events()).isPositive();
        Lab.await(() -> control.streamsRunning() == 0, Duration.ofSeconds(10), "streams closed");
        assertThat(simulator.counters().streamsCancelled()).isEqualTo(3);
    }

    private LoadReport run(Vertx vertx, boolean stream, Arrival arrival, Duration grace) throws Exception {
        var requests = new ChatRequests("127.0.0.1", port, Lab.MODEL, 500, stream, "unused").render(4);
        var plan = LoadPlan.of("127.0.0.1", port, requests, arrival, Duration.ofMillis(800))
                .withGrace(grace);
        return new LoadGenerator(vertx).run(plan).await(20, TimeUnit.SECONDS);
    }
}
