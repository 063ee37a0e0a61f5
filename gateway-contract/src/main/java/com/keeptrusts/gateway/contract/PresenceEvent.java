package com.keeptrusts.gateway.contract;

/** What workers tell everyone about themselves, each second and on change. */
public sealed interface PresenceEvent extends BusMessage {

    String address();

    String node();

    /**
     * A worker that takes calls.
     *
     * @param kind policy kind, for policy workers; else the role's name
     * @param capacity calls it can work on at a time
     * @param outstanding calls it has not answered
     * @param queueDepth calls waiting in it
     * @param busyShare share of the last second spent working, 0 to 1
     * @param p99Micros 99th percentile of its answer times of the last ten seconds, waiting included; 0 without any
     * @param configDigest of an ingress, of the effective config; of a worker that holds none, of the settings that it
     *     was last asked with; or empty
     * @param build version of the program
     */
    record WorkerPresent(
            String address,
            Role role,
            String kind,
            String node,
            int capacity,
            int outstanding,
            int queueDepth,
            double busyShare,
            long p99Micros,
            String configDigest,
            String build)
            implements PresenceEvent {}

    /** A worker that takes no more calls and is finishing those it has. */
    record WorkerLeaving(String address, String node) implements PresenceEvent {}
}
