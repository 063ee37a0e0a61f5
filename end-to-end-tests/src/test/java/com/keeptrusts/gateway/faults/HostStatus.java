package com.keeptrusts.gateway.faults;

import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.journeys.Management;
import com.keeptrusts.gateway.node.HostPort;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What the process on a host says of itself and of the others, at its two ports. */
record HostStatus(HostPort door, Management management) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What the readiness probe of a balancer gets; 0 when it gets nothing. */
    int readiness() {
        return HttpStatus.of("http://" + door + "/readyz");
    }

    /** {@code ok} or {@code degraded}. */
    String health() throws IOException {
        return new Management(door.host(), door.port()).json("/health").getString("status");
    }

    /** How many workers of a role it hears. */
    long workers(String role) throws IOException {
        return heard(role).size();
    }

    /** How many hosts with workers of a role it hears. */
    long nodesWith(String role) throws IOException {
        return heard(role).stream()
                .map(worker -> worker.getString("node"))
                .distinct()
                .count();
    }

    double metric(String name) throws IOException {
        return management.metric(name);
    }

    void awaitWorkers(String role, int wanted) throws Exception {
        Await.until(PATIENCE, () -> workers(role) == wanted);
    }

    void awaitReady() throws Exception {
        Await.until(PATIENCE, () -> readiness() == 200);
    }

    /** Completes when what it kept for want of a writer is in a ledger. */
    void awaitSpoolDrained() throws Exception {
        Await.until(PATIENCE, () -> metric("keeptrusts_audit_spool_entries") == 0);
    }

    private List<JsonObject> heard(String role) throws IOException {
        return management.json("/keeptrusts/cluster").getJsonArray("workers").stream()
                .map(JsonObject.class::cast)
                .filter(worker -> worker.getString("role").equals(role))
                .toList();
    }
}
