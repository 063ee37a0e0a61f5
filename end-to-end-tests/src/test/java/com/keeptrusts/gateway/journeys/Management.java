package com.keeptrusts.gateway.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** The management port of a running process. */
public record Management(int port) {

    public static Management of(int port) {
        return new Management(port);
    }

    public JsonObject json(String path) throws IOException {
        return new JsonObject(text(path));
    }

    public String text(String path) throws IOException {
        try (InputStream in =
                URI.create("http://127.0.0.1:" + port + path).toURL().openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
