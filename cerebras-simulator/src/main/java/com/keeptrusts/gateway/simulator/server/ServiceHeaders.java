package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.Persona;
import com.keeptrusts.gateway.simulator.answer.Dice;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The headers that each service, and the edge network before it, puts on every response. */
final class ServiceHeaders {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Persona persona;
    private final long seed;
    private String date = "";
    private long dateSecond = -1;

    ServiceHeaders(Persona persona, long seed) {
        this.persona = persona;
        this.seed = seed;
    }

    void put(MultiMap headers, long requestNumber, Instant now) {
        String ray = String.format("%016x-SIM", Dice.roll(seed ^ 0x5151, requestNumber));
        headers.set("date", date(now));
        switch (persona) {
            case CEREBRAS -> {
                headers.set("x-request-id", ray);
                headers.set("strict-transport-security", "max-age=3600; includeSubDomains");
                headers.set("x-content-type-options", "nosniff");
                headers.set("referrer-policy", "strict-origin-when-cross-origin");
                headers.set("set-cookie", "__cf_bm=" + ray + "-1.0.1.1; path=/; HttpOnly; Secure; SameSite=None");
            }
            case OPENAI -> {
                headers.set("x-request-id", "req_" + ray.replace("-SIM", ""));
                headers.set("openai-version", "2020-10-01");
                headers.set("openai-organization", "org-simulated");
            }
        }
        headers.set("server", "cloudflare");
        headers.set("cf-cache-status", "DYNAMIC");
        headers.set("cf-ray", ray);
        headers.set("alt-svc", "h3=\":443\"; ma=86400");
    }

    private String date(Instant now) {
        if (now.getEpochSecond() != dateSecond) {
            dateSecond = now.getEpochSecond();
            date = HTTP_DATE.format(now);
        }
        return date;
    }
}
