package com.keeptrusts.gateway.ingress;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What the ingress instances of a node share: how the node is doing, and the counters of its limits. Thread-safe. */
public final class IngressStatus {

    private final String version;
    private final long startedNanos = System.nanoTime();
    private final LongAdder requests = new LongAdder();
    private final LongAdder unrecorded = new LongAdder();
    private final AtomicLong monotonic = new AtomicLong();
    private final OpenConnections connections = new OpenConnections();
    private final RateShares rates;
    private volatile boolean leaving;
    private volatile boolean draining;
    private volatile int port;

    public IngressStatus(String version) {
        this(version, () -> System.nanoTime() / 1_000_000);
    }

    IngressStatus(String version, LongSupplier millis) {
        this.version = version;
        this.rates = new RateShares(new RateCounters(millis), new RatePeers(millis), millis);
    }

    public String version() {
        return version;
    }

    public long uptimeSeconds() {
        return (System.nanoTime() - startedNanos) / 1_000_000_000;
    }

    /** Model calls that came to an end, whatever it was. */
    public long requestsProcessed() {
        return requests.sum();
    }

    /** Audit entries that {@code on_unavailable: fail_open} let go unrecorded; above 0 the node is degraded. */
    public long unrecordedEntries() {
        return unrecorded.sum();
    }

    /** Whether clients are to go elsewhere; requests that come nevertheless are served until the node drains. */
    public boolean leaving() {
        return leaving;
    }

    /** From now on readiness is denied, and every answer is the last of its connection. */
    public void leave() {
        leaving = true;
    }

    public boolean draining() {
        return draining;
    }

    /** From now on new requests are refused as well; what runs goes on. */
    public void drain() {
        leaving = true;
        draining = true;
    }

    /** The port listened on, or 0 before that. */
    public int port() {
        return port;
    }

    void listening(int actualPort) {
        port = actualPort;
    }

    void requestDone() {
        requests.increment();
    }

    void entriesLost(int number) {
        unrecorded.add(number);
    }

    long nextMonotonic() {
        return monotonic.incrementAndGet();
    }

    OpenConnections connections() {
        return connections;
    }

    RateShares rates() {
        return rates;
    }
}
