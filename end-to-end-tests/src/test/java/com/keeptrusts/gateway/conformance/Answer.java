package com.keeptrusts.gateway.conformance;

import com.keeptrusts.gateway.contract.Bytes;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A response as it came.
 *
 * @param chunks the pieces of a chunked body, as the sender cut them
 * @param complete whether the body ended as its framing says it must
 */
record Answer(String head, Bytes bytes, List<String> chunks, boolean complete) {

    Answer {
        chunks = List.copyOf(chunks);
    }

    int status() {
        return Integer.parseInt(head.split(" ", 3)[1]);
    }

    String body() {
        return bytes.toUtf8();
    }

    JsonObject json() {
        return new JsonObject(body());
    }

    /** The {@code code} of the envelope. */
    String code() {
        return String.valueOf(json().getString("code"));
    }

    /** Value of a header, or an empty text. */
    String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? "" : values.getFirst();
    }

    List<String> headers(String name) {
        List<String> values = new ArrayList<>();
        for (String line : head.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
                values.add(line.substring(name.length() + 1).strip());
            }
        }
        return values;
    }

    String requestId() {
        return header("x-request-id");
    }
}
