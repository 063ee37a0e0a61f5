package com.keeptrusts.gateway.faults;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** What can befall the hosts of {@link Placement}, how it ends, and what a door may say meanwhile. */
sealed interface MixedFault {

    List<String> HOSTS = List.copyOf(Placement.ROLES.keySet());

    /** How long it goes on. */
    int seconds();

    void begin(HostedCluster cluster) throws Exception;

    void end(HostedCluster cluster) throws Exception;

    /** The hosts that a door, itself living, cannot use or whose work for it may be lost. */
    Set<String> lostTo(String door);

    /** Whether the door's process ends in it. */
    default boolean takesDown(String door) {
        return false;
    }

    default String kind() {
        return getClass().getSimpleName();
    }

    /** The codes of errors that FAULTS allows at a door meanwhile. */
    default Set<String> codesAt(String door) {
        Set<String> codes = new TreeSet<>();
        Set<String> lost = lostTo(door);
        if (Placement.providesFrom(lost)) {
            codes.add("worker_lost"); // N5 to N7
        }
        if (Placement.allProviders(lost)) {
            codes.add("gateway_overloaded"); // N14
        }
        if (Placement.allPolicies(lost)) {
            codes.add("policy_unavailable"); // N2, N14
        }
        return codes;
    }

    static MixedFault any(Random random) {
        String host = HOSTS.get(random.nextInt(HOSTS.size()));
        String other = HOSTS.get((HOSTS.indexOf(host) + 1 + random.nextInt(HOSTS.size() - 1)) % HOSTS.size());
        int seconds = 2 + random.nextInt(8);
        return switch (random.nextInt(6)) {
            case 0 -> new Killed(host, 2);
            case 1 -> new Stopped(host, 2);
            case 2 -> new Frozen(host, seconds);
            case 3 -> new Cut(host, other, seconds);
            case 4 -> new CutOneWay(host, other, seconds);
            default -> new Isolated(host, seconds);
        };
    }

    private static Set<String> without(String door, String... hosts) {
        Set<String> others = new HashSet<>(List.of(hosts));
        others.remove(door);
        return others;
    }

    private static Set<String> allBut(String door) {
        Set<String> others = new HashSet<>(HOSTS);
        others.remove(door);
        return others;
    }

    /** kill -9, and another process some seconds later. */
    record Killed(String host, int seconds) implements MixedFault {

        @Override
        public void begin(HostedCluster cluster) {
            cluster.kill(host);
        }

        @Override
        public void end(HostedCluster cluster) throws Exception {
            cluster.start(host, Placement.ROLES.getOrDefault(host, ""));
        }

        @Override
        public Set<String> lostTo(String door) {
            return without(door, host);
        }

        @Override
        public boolean takesDown(String door) {
            return host.equals(door);
        }
    }

    /** SIGTERM, and another process when it has ended; what runs there is finished first. */
    record Stopped(String host, int seconds) implements MixedFault {

        @Override
        public void begin(HostedCluster cluster) throws Exception {
            if (cluster.terminate(host) != 0) {
                throw new AssertionError(host + " did not end well");
            }
        }

        @Override
        public void end(HostedCluster cluster) throws Exception {
            cluster.start(host, Placement.ROLES.getOrDefault(host, ""));
        }

        @Override
        public Set<String> lostTo(String door) {
            return Set.of();
        }

        @Override
        public boolean takesDown(String door) {
            return host.equals(door);
        }

        @Override
        public Set<String> codesAt(String door) {
            return host.equals(door) ? Set.of("shutting_down") : Set.of();
        }
    }

    /** SIGSTOP and SIGCONT. */
    record Frozen(String host, int seconds) implements MixedFault {

        @Override
        public void begin(HostedCluster cluster) throws Exception {
            cluster.freeze(host);
        }

        @Override
        public void end(HostedCluster cluster) throws Exception {
            cluster.thaw(host);
        }

        @Override
        public Set<String> lostTo(String door) {
            return host.equals(door) ? allBut(door) : Set.of(host);
        }
    }

    /**
     * Nothing gets through between two hosts. Members who hear different others agree on no cluster: Hazelcast may set the
     * third apart with either of the two.
     */
    record Cut(String one, String other, int seconds) implements MixedFault {

        @Override
        public void begin(HostedCluster cluster) throws Exception {
            cluster.network().cut(cluster.host(one), cluster.host(other));
        }

        @Override
        public void end(HostedCluster cluster) throws Exception {
            cluster.network().heal();
        }

        @Override
        public Set<String> lostTo(String door) {
            return allBut(door);
        }
    }

    /** What one sends to the other is lost; as with {@link Cut} the third may be set apart. */
    record CutOneWay(String from, String to, int seconds) implements MixedFault {

        @Override
        public void begin(HostedCluster cluster) throws Exception {
            cluster.network().cutOneWay(cluster.host(from), cluster.host(to));
        }

        @Override
        public void end(HostedCluster cluster) throws Exception {
            cluster.network().heal();
        }

        @Override
        public Set<String> lostTo(String door) {
            return allBut(door);
        }
    }

    /** One host is cut off from both others. */
    record Isolated(String host, int seconds) implements MixedFault {

        @Override
        public void begin(HostedCluster cluster) throws Exception {
            cluster.network().isolate(cluster.host(host));
        }

        @Override
        public void end(HostedCluster cluster) throws Exception {
            cluster.network().heal();
        }

        @Override
        public Set<String> lostTo(String door) {
            return host.equals(door) ? allBut(door) : Set.of(host);
        }
    }
}
