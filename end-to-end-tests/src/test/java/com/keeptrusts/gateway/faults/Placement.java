package com.keeptrusts.gateway.faults;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which roles the three hosts of the mixed faults have: each on two of them, and no host has all. */
final class Placement {

    private static final String POLICIES = "policy:pii-detector=1,policy:prompt-injection=1";

    static final Map<String, String> ROLES = new TreeMap<>(
            Map.of("a", "ingress,audit," + POLICIES, "b", "ingress,audit,provider", "c", "provider," + POLICIES));

    static final List<String> DOORS = List.of("a", "b");

    private static final Set<String> WITH_POLICIES = Set.of("a", "c");
    private static final Set<String> WITH_PROVIDER = Set.of("b", "c");

    private Placement() {}

    /** Workers of both kinds together. */
    static int policyWorkers() {
        return 2 * WITH_POLICIES.size();
    }

    /** Whether calls that a door has there may be lost. */
    static boolean providesFrom(Set<String> hosts) {
        return hosts.stream().anyMatch(WITH_PROVIDER::contains);
    }

    static boolean allProviders(Set<String> hosts) {
        return hosts.containsAll(WITH_PROVIDER);
    }

    static boolean allPolicies(Set<String> hosts) {
        return hosts.containsAll(WITH_POLICIES);
    }
}
