package com.keeptrusts.gateway.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class LoadGeneratorTest {

    private static final Duration SHORT = Duration.ofMillis(600);

    @Test
    void aClosedLoopKeepsEachConnectionBusyWithOneRequest(Vertx vertx) throws Exception {
        var open = new AtomicInteger();
        var most = new AtomicInteger();
        int port = serve(vertx, request -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            vertx.setTimer(10, _ -> {
                open.decrementAndGet();
                request.response().end("{}");
            });
        });

        LoadReport report = run(vertx, port, new Arrival.Closed(4));

        assertThat(most).hasValue(4);
        assertThat(report.failed()).isZero();
        assertThat(report.completed()).isBetween(4L, 4 * 60L);
        assertThat(report.latency().p50()).isGreaterThanOrEqualTo(9);
        assertThat(report.firstToken().count()).isPositive();
    }

    @Test
    void anOpenLoopCountsTheWaitOfRequestsThatWereDueDuringAStall(Vertx vertx) throws Exception {
        var served = new AtomicInteger();
        int port = serve(vertx, request -> {
            int stall = served.incrementAndGet() == 20 ? 300 : 1;
            vertx.setTimer(stall, _ -> request.response().end("{}"));
        });

        LoadReport report = run(vertx, port, new Arrival.Open(100, 1));

        // One connection: about thirty requests become due behind the stalled one and wait for it on average half.
        assertThat(report.latency().count()).isBetween(50L, 61L);
        assertThat(report.latency().max()).isGreaterThanOrEqualTo(290);
        assertThat(report.latency().mean()).isGreaterThan(40);
    }

    @Test
    void streamsAreMeasuredByTheirEvents(Vertx vertx) throws Exception {
        int port = serve(vertx, request -> {
            request.response().putHeader("content-type", "text/event-stream").setChunked(true);
            var sent = new AtomicInteger();
            vertx.setPeriodic(10, timer -> {
                request.response().write("data: {}\n\n");
                if (sent.incrementAndGet() == 5) {
                    vertx.cancelTimer(timer);
                    request.response().end("data: [DONE]\n\n");
                }
            });
        });

        LoadPlan plan = plan(port, new Arrival.Closed(2)).withWarmUp(Duration.ofMillis(500));
        LoadReport report = new LoadGenerator(vertx).run(plan).await(20, TimeUnit.SECONDS);

        assertThat(report.failed()).isZero();
        assertThat(report.events()).isBetween(6 * report.completed() - 12, 6 * report.completed() + 12);
        assertThat(report.streamPace()).isBetween(10.0, 300.0);
        assertThat(report.gap().p90()).isBetween(3.0, 500.0);
        assertThat(report.firstToken().p50()).isLessThan(report.latency().p50());
    }

    @Test
    void whatFailsIsCountedByWhatItWas(Vertx vertx) throws Exception {
        var served = new AtomicInteger();
        int port = serve(vertx, request -> {
            switch (served.incrementAndGet() % 4) {
                case 0 -> request.response().setStatusCode(503).end("{}");
                case 1 -> request.connection().close();
                case 2 ->
                    request.response()
                            .putHeader("content-type", "text/event-stream")
                            .end("event: error\ndata: {}\n\n");
                default -> request.response().putHeader("connection", "close").end("{}");
            }
        });

        LoadReport report = run(vertx, port, new Arrival.Closed(1));

        assertThat(report.failures()).containsOnlyKeys("status 503", "cut", "error event");
        assertThat(report.completed()).isPositive();
    }

    @Test
    void aServerThatIsNotThereIsAFailure(Vertx vertx) throws Exception {
        LoadReport report = run(vertx, unusedPort(vertx), new Arrival.Closed(1));

        assertThat(report.completed()).isZero();
        assertThat(report.failures()).containsOnlyKeys("not connected");
    }

    @Test
    void theCpuTimeOfAProcessIsRead(Vertx vertx) throws Exception {
        int port = serve(vertx, request -> request.response().end("{}"));
        LoadPlan plan = plan(port, new Arrival.Closed(4))
                .withPids(List.of(ProcessHandle.current().pid()));

        LoadReport report = new LoadGenerator(vertx).run(plan).await(20, TimeUnit.SECONDS);

        assertThat(report.cpuSeconds()).isBetween(0.05, 60.0);
        assertThat(report.cpuMicrosPerRequest()).isPositive();
    }

    private static int serve(Vertx vertx, Consumer<HttpServerRequest> answer) throws Exception {
        return vertx.createHttpServer()
                .requestHandler(answer::accept)
                .listen(0, "127.0.0.1")
                .await(5, TimeUnit.SECONDS)
                .actualPort();
    }

    private static int unusedPort(Vertx vertx) throws Exception {
        var server = vertx.createNetServer()
                .connectHandler(_ -> {})
                .listen(0, "127.0.0.1")
                .await(5, TimeUnit.SECONDS);
        server.close().await(5, TimeUnit.SECONDS);
        return server.actualPort();
    }

    private static LoadReport run(Vertx vertx, int port, Arrival arrival) throws Exception {
        return new LoadGenerator(vertx).run(plan(port, arrival)).await(20, TimeUnit.SECONDS);
    }

    private static LoadPlan plan(int port, Arrival arrival) {
        List<Buffer> requests = new ChatRequests("127.0.0.1", port, "m", 100, false, "unused").render(2);
        return LoadPlan.of("127.0.0.1", port, requests, arrival, SHORT);
    }
}
