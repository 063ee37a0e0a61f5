package com.keeptrusts.gateway.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.regex.Pattern;

/** The management port of a running process. */
public record Management(String host, int port) {

    public static Management of(int port) {
        return new Management("127.0.0.1", port);
    }

    /** A number of the metrics page; all lines of that name together. */
    public double metric(String name) throws IOException {
        var line = Pattern.compile("(?m)^" + name + "(?:\\{[^}]*\\})? ([0-9.eE+-]+)$");
        return line.matcher(text("/metrics"))
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    public JsonObject json(String path) throws IOException {
        return new JsonObject(text(path));
    }

    public String text(String path) throws IOException {
        try (InputStream in =
                URI.create("http://" + host + ":" + port + path).toURL().openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
