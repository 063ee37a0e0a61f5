package com.keeptrusts.gateway.simulator.observe;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A request as it arrived: headers in their order and spelling, the body byte for byte and still encoded. */
public record RecordedRequest(
        long number, Instant at, String method, String uri, String version, List<Header> headers, Buffer body) {

    /** One header line. */
    public record Header(String name, String value) {}

    public RecordedRequest {
        headers = List.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    public String bodyText() {
        return body.toString();
    }
}
