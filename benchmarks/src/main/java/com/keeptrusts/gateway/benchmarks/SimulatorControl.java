package com.keeptrusts.gateway.benchmarks;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Tells the simulator how to answer, and reads what it counted. */
final class SimulatorControl {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    SimulatorControl(int port) {
        this.port = port;
    }

    /** Answers of so many tokens, at a pace (0: as fast as can be), the first after so many milliseconds. */
    void answer(int tokens, int tokensPerSecond, int firstTokenMillis) {
        var settings = new JsonObject(Map.of(
                "tokens",
                "" + tokens,
                "rate",
                "" + tokensPerSecond,
                "ttft_ms",
                "" + firstTokenMillis,
                "queue_ms",
                "0",
                "tokens_per_event",
                "1",
                "flush_ms",
                "1"));
        call("PUT", "settings", settings.encode());
        call("DELETE", "counters", "");
    }

    int streamsRunning() {
        return counters().getInteger("streamsRunning");
    }

    /** How late the simulator's own writes were, in milliseconds, since the last call of {@link #answer}. */
    double lagP99() {
        return counters().getJsonObject("lag").getDouble("p99Millis");
    }

    private JsonObject counters() {
        return new JsonObject(call("GET", "counters", ""));
    }

    private String call(String method, String control, String body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/__sim/" + control))
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("simulator: " + method + " " + control + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
