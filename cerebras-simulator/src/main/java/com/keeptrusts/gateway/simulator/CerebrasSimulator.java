package com.keeptrusts.gateway.simulator;

import com.keeptrusts.gateway.simulator.answer.PreparedAnswers;
import com.keeptrusts.gateway.simulator.fault.FaultRules;
import com.keeptrusts.gateway.simulator.observe.Counters;
import com.keeptrusts.gateway.simulator.observe.Lag;
import com.keeptrusts.gateway.simulator.observe.RecordedRequest;
import com.keeptrusts.gateway.simulator.request.Options;
import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.simulator.server.SimulatorVerticle;
import com.keeptrusts.gateway.simulator.server.World;
import com.keeptrusts.gateway.simulator.tls.OwnCertificate;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running simulator. All that its control endpoints offer is also here, for tests in the same process. Thread-safe. */
public final class CerebrasSimulator {

    /**
     * To Vert.x a negative port is a free one that all servers with the same number share: the instances of a simulator
     * must, two simulators must not.
     */
    private static final AtomicInteger FREE_PORTS = new AtomicInteger();

    private static final Logger LOG = LoggerFactory.getLogger(CerebrasSimulator.class);

    private final Vertx vertx;
    private final World world;
    private final OwnCertificate certificate;
    private final int port;
    private final String deployment;

    private CerebrasSimulator(Vertx vertx, World world, OwnCertificate certificate, int port, String deployment) {
        this.certificate = certificate;
        this.vertx = vertx;
        this.world = world;
        this.port = port;
        this.deployment = deployment;
    }

    /** Completes when the simulator listens. */
    public static Future<CerebrasSimulator> start(Vertx vertx, SimulatorSettings settings) {
        World world = World.of(settings);
        return listen(vertx, world, settings.port())
                .onSuccess(started -> LOG.info("{} simulator at {}", settings.persona(), started.baseUrl()));
    }

    private static Future<CerebrasSimulator> listen(Vertx vertx, World world, int port) {
        var takenPort = new AtomicInteger();
        int shared = port == 0 ? FREE_PORTS.decrementAndGet() : port;
        var certificate = OwnCertificate.of(world.settings().tls());
        return vertx.deployVerticle(
                        () -> new SimulatorVerticle(world, certificate, shared, takenPort),
                        new DeploymentOptions().setInstances(world.settings().eventLoops()))
                .map(id -> new CerebrasSimulator(vertx, world, certificate, takenPort.get(), id));
    }

    public int port() {
        return port;
    }

    /** Without the {@code /v1}. */
    public String baseUrl() {
        return (world.settings().tls() == Tls.OFF ? "http://" : "https://")
                + world.settings().host() + ":" + port;
    }

    /** The certificate authority that a client has to trust, as PEM; empty without TLS. */
    public String authorityPem() {
        return certificate.authorityPem();
    }

    /** Breaks all connections and refuses new ones for a while; completes when that has begun. */
    public Future<Void> outage(Duration time) {
        return world.outage().begin(time);
    }

    public Future<Void> close() {
        return vertx.undeploy(deployment);
    }

    /** Replaces the options that hold for every request, by the names of the {@code x-sim-*} headers. */
    public CerebrasSimulator options(Map<String, String> options) {
        world.options().set(Options.of(options));
        return this;
    }

    /** Replaces the faults that befall requests by themselves. */
    public CerebrasSimulator faults(FaultRules.Rule... rules) {
        world.faults().set(List.of(rules));
        return this;
    }

    /** Replaces what the model was told to say. */
    public CerebrasSimulator answers(PreparedAnswers.Rule... rules) {
        world.answers().set(List.of(rules));
        return this;
    }

    /** Lets the model say this to everybody. */
    public CerebrasSimulator says(String text) {
        return answers(PreparedAnswers.Rule.always(text));
    }

    /** Lets the model {@code wire:<id>} play a script. */
    public CerebrasSimulator script(String id, Script script) {
        world.scripts().put(id, script);
        return this;
    }

    /** The latest requests, oldest first. */
    public List<RecordedRequest> requests() {
        return world.journal().all();
    }

    public Counters.Snapshot counters() {
        return world.counters().snapshot();
    }

    public Lag.Snapshot lag() {
        return world.lag().snapshot();
    }

    /** Forgets requests, counters, lag, quotas used, faults, scripts and prepared answers, and returns to the options of the start. */
    public CerebrasSimulator reset() {
        world.journal().clear();
        world.counters().reset();
        world.lag().reset();
        world.faults().set(List.of());
        world.answers().set(List.of());
        world.scripts().clear();
        world.rates().reset();
        world.options().set(world.settings().options());
        return this;
    }
}
