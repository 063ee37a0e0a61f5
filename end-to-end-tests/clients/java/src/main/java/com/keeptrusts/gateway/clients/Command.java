package com.keeptrusts.gateway.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** One call that a client is to make; {@code body} is the request as OpenAI documents it. */
record Command(Settings settings, boolean stream, JsonNode body, int take, int repeat) {

    /** What a client is made with; calls with equal settings share one client. */
    record Settings(String gateway, String key, int retries, Duration timeout) {}

    private static final int USUAL_TIMEOUT_MILLIS = 60_000;

    static Command of(JsonNode line) {
        var settings = new Settings(
                line.path("gateway").asText(),
                line.path("key").asText(),
                line.path("retries").asInt(),
                Duration.ofMillis(line.path("timeout_ms").asInt(USUAL_TIMEOUT_MILLIS)));
        return new Command(
                settings,
                line.path("stream").asBoolean(),
                line.path("body"),
                line.path("take").asInt(Integer.MAX_VALUE),
                line.path("repeat").asInt(1));
    }
}
