package com.keeptrusts.gateway.journeys;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** The management port of a running process. */
record Management(HttpClient client, int port) {

    static Management of(int port) {
        return new Management(HttpClient.newHttpClient(), port);
    }

    JsonObject json(String path) throws IOException, InterruptedException {
        return new JsonObject(text(path));
    }

    String text(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }
}
