package com.keeptrusts.gateway.policy;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the policy workers of one node share: make one per node and give it to all of them. Thread-safe. */
public final class PolicyNode {

    private final String name;
    private final PolicyCatalog catalog;
    private final MeterRegistry registry;
    private final String build;
    private final PolicyLimits limits;
    private final Map<String, PolicyPool> pools = new ConcurrentHashMap<>();
    private final Map<String, Future<Void>> warm = new ConcurrentHashMap<>();

    public PolicyNode(String name, PolicyCatalog catalog, MeterRegistry registry, String build) {
        this(name, catalog, registry, build, PolicyLimits.DEFAULT);
    }

    public PolicyNode(String name, PolicyCatalog catalog, MeterRegistry registry, String build, PolicyLimits limits) {
        this.name = name;
        this.catalog = catalog;
        this.registry = registry;
        this.build = build;
        this.limits = limits;
    }

    public String name() {
        return name;
    }

    public String build() {
        return build;
    }

    public PolicyLimits limits() {
        return limits;
    }

    /** Completes when the kind has judged on this node; once, however many workers it has. */
    Future<Void> warm(Vertx vertx, String kind) {
        return warm.computeIfAbsent(kind, name -> WarmUp.of(vertx, name, catalog));
    }

    /** The pool of a kind that a worker here serves. */
    PolicyPool pool(String kind) {
        return pools.computeIfAbsent(kind, this::newPool);
    }

    /** The workers of a kind, when this node has had any. */
    Optional<PolicyPool> serving(String kind) {
        return Optional.ofNullable(pools.get(kind));
    }

    private PolicyPool newPool(String kind) {
        var pool = new PolicyPool(kind, new SettledPolicies(kind, catalog), new ReviewMeters(registry, kind));
        ReviewMeters.gauge(registry, "keeptrusts.policy.queue.depth", kind, pool, PolicyPool::queueDepth);
        ReviewMeters.gauge(registry, "keeptrusts.policy.workers", kind, pool, PolicyPool::size);
        ReviewMeters.gauge(registry, "keeptrusts.policy.busy.share", kind, pool, PolicyPool::busyShare);
        ReviewMeters.gauge(registry, "keeptrusts.policy.p99.seconds", kind, pool, PolicyPool::p99Seconds);
        ReviewMeters.gauge(registry, "keeptrusts.policy.streams.open", kind, pool, PolicyPool::openStreams);
        return pool;
    }
}
