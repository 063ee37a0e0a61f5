package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.config.Section;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The policy kinds on the class path. */
public final class PolicyCatalog {

    private final Map<String, PolicyFactory> factories = new TreeMap<>();

    private PolicyCatalog() {}

    public static PolicyCatalog installed() {
        var catalog = new PolicyCatalog();
        ServiceLoader.load(PolicyFactory.class).forEach(factory -> catalog.factories.put(factory.kind(), factory));
        return catalog;
    }

    public Collection<String> kinds() {
        return factories.keySet();
    }

    /**
     * Reads the settings of a kind and builds its policy.
     *
     * @throws com.keeptrusts.gateway.config.ConfigException listing every mistake, with paths below {@code policy.<kind>}
     * @throws IllegalArgumentException when the kind is not installed
     */
    public Policy create(String kind, JsonObject settings) {
        PolicyFactory factory = factories.get(kind);
        if (factory == null) {
            throw new IllegalArgumentException("policy kind: " + kind + " (expected: one of " + kinds() + ")");
        }
        return Section.read("policy." + kind, settings, factory::create);
    }
}
