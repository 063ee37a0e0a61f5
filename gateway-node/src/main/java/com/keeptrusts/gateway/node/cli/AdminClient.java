package com.keeptrusts.gateway.node.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Talks to the management port of a running gateway. */
final class AdminClient {

    static final String DEFAULT_URL = "http://127.0.0.1:41003";

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(90);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final String url;

    AdminClient(String url) {
        this.url = url;
    }

    /** The JSON document answered, whatever the status; {@code status} is added to it when it is not 200. */
    JsonObject get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .timeout(ANSWER)
                .GET()
                .build());
    }

    JsonObject post(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .timeout(ANSWER)
                .POST(BodyPublishers.noBody())
                .build());
    }

    JsonObject delete(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .timeout(ANSWER)
                .DELETE()
                .build());
    }

    JsonObject post(String path, JsonObject body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .timeout(ANSWER)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body.encode()))
                .build());
    }

    private JsonObject send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response;
        try {
            response = client.send(request, BodyHandlers.ofString());
        } catch (ConnectException _) {
            throw new IOException("no gateway answers at " + url
                    + " (expected: a running gateway's --admin-listen; --admin names another)");
        }
        var answer = new JsonObject(response.body());
        return response.statusCode() == 200 ? answer : answer.put("status", response.statusCode());
    }
}
