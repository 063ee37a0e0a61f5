package com.keeptrusts.gateway.node.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
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

    private static final int OK = 200;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(90);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final String url;

    AdminClient(String url) {
        this.url = url;
    }

    /** The nodes and workers of the cluster; fails in words when anything else is answered. */
    JsonObject cluster() throws IOException, InterruptedException {
        JsonObject answer = get("/keeptrusts/cluster");
        if (answer.getValue("workers") instanceof JsonArray) {
            return answer;
        }
        throw unexpected(answer.getInteger("status", OK), answer.getString("error", "no list of workers"));
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
        JsonObject answer;
        try {
            answer = new JsonObject(response.body());
        } catch (DecodeException _) {
            throw unexpected(response.statusCode(), "no JSON document");
        }
        return response.statusCode() == OK ? answer : answer.put("status", response.statusCode());
    }

    private IOException unexpected(int status, String what) {
        return new IOException(url + " answers with status " + status + ": " + what
                + " (expected: a running gateway's --admin-listen)");
    }
}
