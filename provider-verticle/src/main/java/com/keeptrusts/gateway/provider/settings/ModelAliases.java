package com.keeptrusts.gateway.provider.settings;

import com.keeptrusts.gateway.config.Section;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model is called upstream, by what clients and targets call it. Cerebras spells the ids of its own older
 * documents otherwise; those are known without being configured.
 */
public record ModelAliases(Map<String, String> configured) {

    private static final Map<String, String> OF_CEREBRAS =
            Map.of("llama3.3-70b", "llama-3.3-70b", "llama3.1-70b", "llama-3.3-70b");

    public ModelAliases {
        configured = Map.copyOf(configured);
    }

    /** Reads {@code model_aliases} of the configuration's root. */
    public static ModelAliases from(Section root) {
        Map<String, String> aliases = new LinkedHashMap<>(root.textMap("model_aliases"));
        aliases.forEach((name, upstream) -> {
            if (upstream.isBlank()) {
                root.refuse("model_aliases", "'" + name + "' stands for nothing (expected: a model id)");
            }
        });
        return new ModelAliases(aliases);
    }

    /** The id under which a provider knows a model. */
    public String upstreamId(ProviderProfile provider, String model) {
        String known = configured.get(model);
        if (known != null) {
            return known;
        }
        return provider.name().equals("cerebras") ? OF_CEREBRAS.getOrDefault(model, model) : model;
    }
}
