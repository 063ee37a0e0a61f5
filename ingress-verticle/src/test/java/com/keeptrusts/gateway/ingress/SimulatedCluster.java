package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.PresenceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/**
 * Workers and ingresses of one policy kind in virtual time: the real directories, {@link Workers}, choose among simulated
 * workers. The same seed gives the same run.
 */
final class SimulatedCluster {

    static final String KIND = "k";

    private final VirtualTime time = new VirtualTime();
    private final SplittableRandom random;
    private final VirtualLine.Switchboard switchboard = new VirtualLine.Switchboard();
    private final List<SimulatedIngress> ingresses = new ArrayList<>();
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private double lostPresences;

    SimulatedCluster(long seed) {
        random = new SplittableRandom(seed);
    }

    VirtualTime time() {
        return time;
    }

    List<SimulatedIngress> ingresses() {
        return ingresses;
    }

    List<SimulatedWorker> workers() {
        return workers;
    }

    /** Of what workers announce, this share does not arrive. */
    void losePresences(double share) {
        lostPresences = share;
    }

    SimulatedCluster ingresses(int count, String nodes) {
        for (int i = 0; i < count; i++) {
            var line = new VirtualLine(time, switchboard);
            ingresses.add(new SimulatedIngress(time, line, nodes + i, KIND, random.split()));
        }
        return this;
    }

    /** So many on each node, each of which serves a question in that time on average. */
    SimulatedCluster workers(int nodes, String names, int onEach, double serviceMillis) {
        for (int n = 0; n < nodes; n++) {
            for (int i = 0; i < onEach; i++) {
                join(names + n, i, serviceMillis);
            }
        }
        return this;
    }

    SimulatedWorker join(String node, int number, double serviceMillis) {
        String address = "policy." + KIND + "." + node + "." + number;
        var worker =
                new SimulatedWorker(address, KIND, node, serviceMillis * 1_000, time, random.split(), this::publish);
        switchboard.plug(address, worker);
        workers.add(worker);
        return worker;
    }

    /** {@code kill -9}, which the cluster notices. */
    void kill(SimulatedWorker worker) {
        worker.freeze();
        switchboard.unplug(worker.address());
        workers.remove(worker);
        ingresses.forEach(ingress -> ingress.workers().nodeLeft(worker.node()));
    }

    void load(double perIngress) {
        ingresses.forEach(ingress -> ingress.load(perIngress));
    }

    void forget() {
        ingresses.forEach(SimulatedIngress::forget);
    }

    int sum(ToIntFunction<SimulatedIngress> counted) {
        return ingresses.stream().mapToInt(counted).sum();
    }

    double retryShare() {
        return (double) sum(SimulatedIngress::retries) / sum(SimulatedIngress::requests);
    }

    private void publish(PresenceEvent event) {
        time.after(VirtualLine.ONE_WAY_MICROS, () -> {
            for (SimulatedIngress ingress : ingresses) {
                if (random.nextDouble() >= lostPresences) {
                    ingress.workers().hear(event);
                }
            }
        });
    }
}
