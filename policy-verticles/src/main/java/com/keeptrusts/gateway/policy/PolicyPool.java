package com.keeptrusts.gateway.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The workers of one policy kind on one node, and what they share. Thread-safe. */
final class PolicyPool {

    private final String kind;
    private final SettledPolicies policies;
    private final ReviewMeters meters;
    private final List<Workload> workers = new CopyOnWriteArrayList<>();

    PolicyPool(String kind, SettledPolicies policies, ReviewMeters meters) {
        this.kind = kind;
        this.policies = policies;
        this.meters = meters;
    }

    String kind() {
        return kind;
    }

    SettledPolicies policies() {
        return policies;
    }

    ReviewMeters meters() {
        return meters;
    }

    void join(Workload worker) {
        workers.add(worker);
    }

    void leave(Workload worker) {
        workers.remove(worker);
    }

    /** Address of the worker here with the fewest unanswered calls. */
    Optional<String> idlest() {
        return workers.stream()
                .min(Comparator.comparingInt(Workload::outstanding))
                .map(Workload::address);
    }

    int queueDepth() {
        return workers.stream().mapToInt(Workload::waiting).sum();
    }

    int size() {
        return workers.size();
    }

    /** How busy the workers here are on average, 0 to 1; 0 when there is none. */
    double busyShare() {
        return workers.stream().mapToDouble(Workload::busyShare).average().orElse(0);
    }

    /** The slowest worker's 99th percentile of its recent answer times, in seconds. */
    double p99Seconds() {
        return workers.stream().mapToLong(Workload::p99Micros).max().orElse(0) / 1e6;
    }

    int openStreams() {
        return workers.stream().mapToInt(Workload::openStreams).sum();
    }
}
