package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.SimulatorSettings;
import com.keeptrusts.gateway.simulator.refusal.Refusal;
import com.keeptrusts.gateway.simulator.refusal.Refusals;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Who may ask: a bearer key is needed, and one of the configured ones where there are any. */
final class Gate {

    private static final String BEARER = "bearer ";

    private final SimulatorSettings settings;
    private final Refusals refusals;

    Gate(SimulatorSettings settings) {
        this.settings = settings;
        refusals = Refusals.of(settings.persona());
    }

    Optional<Refusal> refusal(HttpServerRequest request) {
        String key = key(request);
        if (key.isEmpty()) {
            return Optional.of(refusals.noKey());
        }
        boolean welcome = settings.apiKeys().isEmpty() || settings.apiKeys().contains(key);
        return welcome ? Optional.empty() : Optional.of(refusals.wrongKey(key));
    }

    /** The bearer key, or nothing. */
    static String key(HttpServerRequest request) {
        String header = request.getHeader("authorization");
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : "";
    }
}
