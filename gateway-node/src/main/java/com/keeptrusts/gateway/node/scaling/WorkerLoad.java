package com.keeptrusts.gateway.node.scaling;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** What one policy worker last said of itself. */
public record WorkerLoad(double busyShare, int queueDepth, long p99Micros) {

    /** The workers of a policy kind in the answer of {@code GET /keeptrusts/cluster}. */
    public static List<WorkerLoad> of(JsonObject cluster, String kind) {
        return cluster.getJsonArray("workers").stream()
                .map(JsonObject.class::cast)
                .filter(worker -> worker.getString("role").equals("policy"))
                .filter(worker -> worker.getString("kind").equals(kind))
                .map(worker -> new WorkerLoad(
                        worker.getDouble("busy_share"), worker.getInteger("queue_depth"), worker.getLong("p99_us")))
                .toList();
    }
}
