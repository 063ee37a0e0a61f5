package com.keeptrusts.gateway.conformance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a stream says, as a client puts it together. */
final class Deltas {

    private Deltas() {}

    static String of(String stream, int choice) {
        var text = new StringBuilder();
        for (String event : stream.split("\n\n", -1)) {
            if (event.startsWith("data: {")) {
                JsonArray choices = new JsonObject(event.substring("data: ".length())).getJsonArray("choices");
                for (int i = 0; choices != null && i < choices.size(); i++) {
                    JsonObject one = choices.getJsonObject(i);
                    JsonObject delta = one.getJsonObject("delta");
                    if (one.getInteger("index") == choice && delta != null) {
                        text.append(delta.getString("content", ""));
                    }
                }
            }
        }
        return text.toString();
    }
}
