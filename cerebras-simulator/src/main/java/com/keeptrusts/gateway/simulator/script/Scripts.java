package com.keeptrusts.gateway.simulator.script;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The scripts that models named {@code wire:<id>} play. Thread-safe. */
public final class Scripts {

    private static final String MODEL_PREFIX = "wire:";

    private final Map<String, Script> scripts = new ConcurrentHashMap<>();

    public void put(String id, Script script) {
        scripts.put(id, script);
    }

    public void remove(String id) {
        scripts.remove(id);
    }

    public void clear() {
        scripts.clear();
    }

    public Set<String> ids() {
        return new TreeSet<>(scripts.keySet());
    }

    public Optional<Script> find(String id) {
        return Optional.ofNullable(scripts.get(id));
    }

    public Optional<Script> ofModel(String model) {
        return model.startsWith(MODEL_PREFIX) ? find(model.substring(MODEL_PREFIX.length())) : Optional.empty();
    }
}
