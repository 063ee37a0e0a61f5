package com.keeptrusts.gateway.provider.settings;

import com.keeptrusts.gateway.config.Section;
import com.keeptrusts.gateway.contract.Bytes;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** All that a provider worker is configured with. */
public record ProviderConfig(ProvidersSettings providers, ModelAliases aliases) {

    /** Reads {@code providers} and {@code model_aliases} of the configuration's root. */
    public static ProviderConfig from(Section root) {
        @Nullable ProvidersSettings providers = root.optionalSection("providers", ProvidersSettings::from);
        if (providers == null) {
            throw new IllegalArgumentException("providers: missing (expected: a mapping with targets)");
        }
        return new ProviderConfig(providers, ModelAliases.from(root));
    }

    /**
     * Reads the settings as they cross the bus.
     *
     * @throws RuntimeException when they are not what a checked configuration says
     */
    public static ProviderConfig parse(Bytes json) {
        return Section.read("", new JsonObject(json.toBuffer()), ProviderConfig::from);
    }
}
