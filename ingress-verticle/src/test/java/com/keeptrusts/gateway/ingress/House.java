package com.keeptrusts.gateway.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.PolicyStep;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** One ingress on a port of its own, with the config a test wants. */
final class House {

    static final String NODE = "n1";

    final Vertx vertx;
    final IngressStatus status = new IngressStatus("test");
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final AtomicReference<IngressConfig> config = new AtomicReference<>(config(AuditSettings.OFF, Set.of()));
    final MemoryVault vault = new MemoryVault();
    private final int instance;
    private IngressVerticle verticle;
    private String deployment = "";

    private House(Vertx vertx, int instance) {
        this.vertx = vertx;
        this.instance = instance;
        this.verticle = new IngressVerticle(options(FailMode.BLOCK));
    }

    static House on(Vertx vertx) {
        Bus.prepare(vertx);
        return new House(vertx, 0);
    }

    /** A second ingress with the same config and another fail mode, among the same workers. */
    static House beside(House other, FailMode failMode) throws Exception {
        var house = new House(other.vertx, other.instance + 1);
        house.config.set(Objects.requireNonNull(other.config.get()));
        return house.opens(house.options(failMode));
    }

    static IngressConfig config(AuditSettings audit, Set<String> outputKinds, String... chain) {
        return new IngressConfig(
                "digest",
                "pack",
                "0.1.0",
                true,
                Arrays.stream(chain)
                        .map(kind -> new PolicyStep(kind, "settings-of-" + kind))
                        .toList(),
                outputKinds,
                audit,
                "provider-digest",
                List.of("cerebras-llama"),
                List.of(new PublishedModel("llama3.3-70b", "cerebras")),
                SizeLimits.DEFAULT,
                GatewaySettings.DEFAULT,
                RateLimits.NONE);
    }

    /** The same with a spool. */
    static House beside(House other, Spool spool) throws Exception {
        var house = new House(other.vertx, other.instance + 1);
        house.config.set(Objects.requireNonNull(other.config.get()));
        return house.opens(house.options(FailMode.BLOCK, spool));
    }

    /** The same with other limits in time. */
    static House beside(House other, IngressTimings timings) throws Exception {
        var house = new House(other.vertx, other.instance + 1);
        house.config.set(Objects.requireNonNull(other.config.get()));
        return house.opens(house.options(FailMode.BLOCK).with(timings));
    }

    /** The same with other limits, also in time. */
    static House beside(House other, IngressLimits limits, IngressTimings timings) throws Exception {
        var house = new House(other.vertx, other.instance + 1);
        house.config.set(Objects.requireNonNull(other.config.get()));
        return house.opens(house.options(FailMode.BLOCK).with(timings).with(limits));
    }

    IngressOptions options(FailMode failMode) {
        return options(failMode, Spool.none());
    }

    private IngressOptions options(FailMode failMode, Spool spool) {
        return IngressOptions.of(
                NODE,
                instance,
                "127.0.0.1",
                0,
                failMode,
                Duration.ofSeconds(5),
                config::get,
                meters,
                spool,
                vault,
                status);
    }

    House opens() throws Exception {
        return opens(options(FailMode.BLOCK));
    }

    House opens(IngressOptions options) throws Exception {
        verticle = new IngressVerticle(options);
        deployment = vertx.deployVerticle(verticle).await(10, SECONDS);
        return this;
    }

    String deployment() {
        return deployment;
    }

    IngressVerticle verticle() {
        return verticle;
    }

    int port() {
        return status.port();
    }
}
