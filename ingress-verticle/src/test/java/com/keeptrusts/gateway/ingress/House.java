package com.keeptrusts.gateway.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.PolicyStep;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** One ingress on a port of its own, with the config a test wants. */
final class House {

    static final String NODE = "n1";

    final Vertx vertx;
    final IngressStatus status = new IngressStatus("test");
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final AtomicReference<IngressConfig> config = new AtomicReference<>(config(AuditSettings.OFF, Set.of()));
    private IngressVerticle verticle;

    private House(Vertx vertx) {
        this.vertx = vertx;
        this.verticle = new IngressVerticle(options(FailMode.BLOCK));
    }

    static House on(Vertx vertx) {
        Bus.prepare(vertx);
        return new House(vertx);
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

    IngressOptions options(FailMode failMode) {
        return IngressOptions.of(
                NODE,
                0,
                "127.0.0.1",
                0,
                failMode,
                Duration.ofSeconds(5),
                config::get,
                meters,
                Spool.none(),
                Bytes.utf8("secret of the node"),
                status);
    }

    House opens() throws Exception {
        return opens(options(FailMode.BLOCK));
    }

    House opens(IngressOptions options) throws Exception {
        verticle = new IngressVerticle(options);
        vertx.deployVerticle(verticle).await(10, SECONDS);
        return this;
    }

    IngressVerticle verticle() {
        return verticle;
    }

    int port() {
        return status.port();
    }
}
