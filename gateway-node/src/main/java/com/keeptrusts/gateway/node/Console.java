package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.PresenceEvent;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerLeaving;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Registration;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What an operator sees of the cluster: the workers that this node hears. Thread-safe. */
final class Console {

    private static final long SILENCE_NANOS = Duration.ofMillis(3_500).toNanos();

    private final Map<String, Heard> workers = new ConcurrentHashMap<>();

    private record Heard(WorkerPresent worker, long nanos) {}

    Future<Registration> listen(Vertx vertx) {
        return Bus.of(vertx).listen(Address.PRESENCE, this::hear);
    }

    /** Workers heard lately, by role, kind and address. */
    List<WorkerPresent> present() {
        long now = System.nanoTime();
        workers.values().removeIf(heard -> now - heard.nanos() > SILENCE_NANOS);
        return workers.values().stream()
                .map(Heard::worker)
                .sorted(Comparator.comparing(WorkerPresent::role)
                        .thenComparing(WorkerPresent::kind)
                        .thenComparing(WorkerPresent::address))
                .toList();
    }

    JsonObject toJson(String configDigest) {
        List<WorkerPresent> present = present();
        var rows = new JsonArray();
        present.forEach(worker -> rows.add(row(worker)));
        return new JsonObject()
                .put(
                        "nodes",
                        present.stream().map(WorkerPresent::node).distinct().count())
                .put("config_digest", configDigest)
                .put("workers", rows);
    }

    private void hear(PresenceEvent event) {
        switch (event) {
            case WorkerPresent worker -> workers.put(worker.address(), new Heard(worker, System.nanoTime()));
            case WorkerLeaving leaving -> workers.remove(leaving.address());
        }
    }

    private static JsonObject row(WorkerPresent worker) {
        return new JsonObject()
                .put("address", worker.address())
                .put("role", worker.role().name().toLowerCase(Locale.ROOT))
                .put("kind", worker.kind())
                .put("node", worker.node())
                .put("capacity", worker.capacity())
                .put("outstanding", worker.outstanding())
                .put("queue_depth", worker.queueDepth())
                .put("busy_share", worker.busyShare())
                .put("p99_us", worker.p99Micros())
                .put("config_digest", worker.configDigest())
                .put("build", worker.build());
    }
}
