package com.keeptrusts.gateway.provider;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.SettingsCall;
import com.keeptrusts.gateway.provider.settings.ProviderConfig;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The last few configurations by digest; one that is not known is asked for once, however many calls wait for it. */
final class SettingsCache {

    private static final int KEPT = 8;
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Bus bus;
    private final LinkedHashMap<String, Future<ProviderConfig>> byDigest = new LinkedHashMap<>(KEPT * 2, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Future<ProviderConfig>> eldest) {
            return size() > KEPT;
        }
    };

    SettingsCache(Bus bus) {
        this.bus = bus;
    }

    /** The digest that was last asked for; empty before the first. */
    String latest() {
        return byDigest.isEmpty() ? "" : byDigest.lastEntry().getKey();
    }

    Future<ProviderConfig> get(String digest) {
        Future<ProviderConfig> known = byDigest.get(digest);
        if (known != null) {
            return known;
        }
        Future<ProviderConfig> asked = bus.ask(Address.ofSettings(digest), new SettingsCall(digest), LIMIT)
                .map(settings -> ProviderConfig.parse(settings.json()));
        byDigest.put(digest, asked);
        return asked.onFailure(_ -> byDigest.remove(digest, asked));
    }
}
