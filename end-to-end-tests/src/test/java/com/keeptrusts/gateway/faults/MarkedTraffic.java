package com.keeptrusts.gateway.faults;

import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.node.HostPort;
import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream with a journal of its own, and clients that mark each request: both ends of what gateways carry. */
final class MarkedTraffic implements AutoCloseable {

    static final int JOURNAL = 400_000;
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final Duration WARM = Duration.ofMinutes(2);
    private static final long WARM_MILLIS = 500;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger marks = new AtomicInteger();
    private final CerebrasSimulator upstream;

    /**
     * Starts the upstream; answers of 30 tokens take 70 ms.
     *
     * @param host where the upstream listens
     */
    MarkedTraffic(String host) throws Exception {
        this(host, JOURNAL);
    }

    /** As {@link #MarkedTraffic(String)}, whose upstream remembers so many requests. */
    MarkedTraffic(String host, int remembered) throws Exception {
        this.upstream = CerebrasSimulator.start(
                        vertx, SimulatorSettings.cerebras().withAddress(host, 0).withRequestsKept(remembered))
                .await(30, TimeUnit.SECONDS);
        answers(30, 600);
    }

    /** From now on answers have so many tokens, so many a second. */
    void answers(int tokens, int perSecond) {
        upstream.options(Map.of(
                "tokens",
                Integer.toString(tokens),
                "rate",
                Integer.toString(perSecond),
                "queue_ms",
                "0",
                "ttft_ms",
                "20"));
    }

    CerebrasSimulator upstream() {
        return upstream;
    }

    MarkedLoad load(HostPort door, int perSecond) {
        return MarkedLoad.start(vertx, door, perSecond, marks);
    }

    MarkedLoad streams(HostPort door, int perSecond) {
        return MarkedLoad.startStreams(vertx, door, perSecond, marks);
    }

    /** Watches from now on whether this machine keeps up. */
    BusyMachine machine() {
        return new BusyMachine(vertx);
    }

    /** As many as the rate says, of which only the number is kept. */
    SteadyLoad steady(HostPort door, int perSecond) {
        return new SteadyLoad(vertx, door, perSecond);
    }

    /** A few requests one after the other, as somebody sends who wants to see how it stands; their answers. */
    List<MarkedAnswer> ask(HostPort door, int count) throws Exception {
        try (MarkedLoad load = load(door, 50)) {
            Await.until(() -> load.sent() >= count);
            return load.finish();
        }
    }

    /** A JVM that has just started is slow: returns when requests are answered within a second. */
    void warmUp(HostPort door) throws Exception {
        Await.until(SETTLED, () -> ask(door, 10).stream().allMatch(answer -> answer.good() && answer.millis() < 1_000));
    }

    /**
     * As {@link #warmUp}, under load: returns when nearly all of a second's requests are answered well and fast, so that
     * what is seen afterwards comes of the fault.
     */
    void warmUp(HostPort door, int perSecond) throws Exception {
        warmUp(door);
        try (MarkedLoad load = load(door, perSecond)) {
            Await.until(WARM, () -> {
                load.awaitSent(perSecond);
                return warm(load.answers(), perSecond);
            });
            load.finish();
        }
    }

    private static boolean warm(List<MarkedAnswer> answers, int perSecond) {
        List<MarkedAnswer> last = answers.subList(Math.max(0, answers.size() - perSecond), answers.size());
        return !last.isEmpty()
                && last.stream().allMatch(MarkedAnswer::good)
                && MarkedAnswer.percentile(last, 95) < WARM_MILLIS;
    }

    /** The marks of the prompts that the upstream got, by its own journal. */
    Set<Mark> reachedUpstream() {
        return callsUpstream().keySet();
    }

    /** How often the upstream got each prompt. */
    Map<Mark, Integer> callsUpstream() {
        Map<Mark, Integer> calls = new HashMap<>();
        upstream.requests()
                .forEach(request -> Mark.in(request.bodyText()).ifPresent(mark -> calls.merge(mark, 1, Integer::sum)));
        return calls;
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
