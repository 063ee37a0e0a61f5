package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of one ingress instance. Every label value comes from the gateway or its config, never from a request. */
final class IngressMetrics {

    private final MeterRegistry registry;
    private final Map<String, Counter> counters = new HashMap<>();
    private final Map<String, Timer> timers = new HashMap<>();
    private final AtomicInteger streams;
    private final AtomicInteger connections;
    private final Counter refusedByNode;
    private final Counter refusedByClient;
    private final Timer auditAck;
    private final Timer firstByte;

    IngressMetrics(MeterRegistry registry, int instance) {
        this.registry = registry;
        AtomicInteger gauge = new AtomicInteger();
        registry.gauge("keeptrusts.streams.open", Tags.of("instance", Integer.toString(instance)), gauge);
        this.streams = gauge;
        AtomicInteger open = new AtomicInteger();
        registry.gauge("keeptrusts.connections.open", Tags.of("instance", Integer.toString(instance)), open);
        this.connections = open;
        this.refusedByNode = refused(registry, "node");
        this.refusedByClient = refused(registry, "client");
        this.auditAck = Timer.builder("keeptrusts.audit.ack").register(registry);
        this.firstByte = Timer.builder("keeptrusts.ttft").register(registry);
    }

    void request(String route, int status, String verdict, long micros) {
        String statusClass = status == 0 ? "none" : status / 100 + "xx";
        counters.computeIfAbsent(
                        route + statusClass + verdict,
                        _ -> Counter.builder("keeptrusts.requests")
                                .tag("route", route)
                                .tag("status", statusClass)
                                .tag("verdict", verdict)
                                .register(registry))
                .increment();
        timers.computeIfAbsent(
                        route,
                        _ -> Timer.builder("keeptrusts.request.duration")
                                .tag("route", route)
                                .register(registry))
                .record(micros, TimeUnit.MICROSECONDS);
    }

    void firstByte(long micros) {
        if (micros > 0) {
            firstByte.record(micros, TimeUnit.MICROSECONDS);
        }
    }

    void policyHop(String kind, long micros) {
        timers.computeIfAbsent(
                        "hop " + kind,
                        _ -> Timer.builder("keeptrusts.policy.hop")
                                .tag("kind", kind)
                                .register(registry))
                .record(micros, TimeUnit.MICROSECONDS);
    }

    void verdict(String kind, String decision) {
        counters.computeIfAbsent(
                        "verdict " + kind + decision,
                        _ -> Counter.builder("keeptrusts.verdicts")
                                .tag("kind", kind)
                                .tag("decision", decision)
                                .register(registry))
                .increment();
    }

    void auditLag(long nanos) {
        auditAck.record(nanos, TimeUnit.NANOSECONDS);
    }

    void streamOpened() {
        streams.incrementAndGet();
    }

    void streamClosed() {
        streams.decrementAndGet();
    }

    void connectionOpened() {
        connections.incrementAndGet();
    }

    void connectionClosed() {
        connections.decrementAndGet();
    }

    /** On any thread. */
    void connectionRefused(OpenConnections.Entrance why) {
        (why == OpenConnections.Entrance.NODE_FULL ? refusedByNode : refusedByClient).increment();
    }

    private static Counter refused(MeterRegistry registry, String limit) {
        return Counter.builder("keeptrusts.connections.refused")
                .tag("limit", limit)
                .register(registry);
    }

    void clientLeft() {
        counter("keeptrusts.client.cancels").increment();
    }

    void badFraming() {
        counter("keeptrusts.bad.framing").increment();
    }

    void tokens(Usage usage) {
        counter("keeptrusts.tokens.in").increment((double) usage.promptTokens());
        counter("keeptrusts.tokens.out").increment((double) usage.completionTokens());
    }

    private Counter counter(String name) {
        return counters.computeIfAbsent(name, _ -> registry.counter(name));
    }
}
