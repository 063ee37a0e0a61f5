package com.keeptrusts.gateway.provider;

import com.keeptrusts.gateway.contract.Header;
import com.keeptrusts.gateway.provider.request.UpstreamHeaders;
import com.keeptrusts.gateway.provider.upstream.AttemptFailure;
import com.keeptrusts.gateway.provider.upstream.RetryHint;
import com.keeptrusts.gateway.provider.upstream.UpstreamError;
import com.keeptrusts.gateway.provider.upstream.UpstreamFailures;
import io.vertx.core.http.HttpClientResponse;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What stands before the body of a target's answer. */
record AnswerHead(HttpClientResponse response) {

    private static final int TOO_MANY = 429;

    int status() {
        return response.statusCode();
    }

    boolean succeeded() {
        return status() >= 200 && status() <= 299;
    }

    /** Whether the body is packed in a way that the client of the target does not know. */
    boolean isPacked() {
        String encoding = response.getHeader("content-encoding");
        return encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity");
    }

    boolean saysEvents() {
        String type = response.getHeader("content-type");
        return type != null && type.toLowerCase(Locale.ROOT).strip().startsWith("text/event-stream");
    }

    /** What the client may see of it. Clients tell JSON by its type: a body that is some gets one that says so. */
    List<Header> headers(boolean json) {
        List<Header> headers = UpstreamHeaders.response(response.headers());
        if (!json || headers.stream().anyMatch(AnswerHead::saysJson)) {
            return headers;
        }
        return headers.stream()
                .filter(header -> !header.name().equals("content-type"))
                .toList();
    }

    /** What the client may see of a refusal: not what is said of its body, and waits are told in the gateway's own words. */
    List<Header> refusalHeaders() {
        return UpstreamHeaders.response(response.headers()).stream()
                .filter(header -> !header.name().equals("content-type")
                        && !header.name().equals("x-should-retry")
                        && !header.name().startsWith("retry-after"))
                .toList();
    }

    /** What a status that is no success means, with its body. */
    AttemptFailure refusal(byte[] body) {
        var error = UpstreamError.of(body);
        boolean rateLimited = status() == TOO_MANY && !UpstreamFailures.isFull(error);
        Long hint = RetryHint.of(response::getHeader, rateLimited, Instant.now());
        return UpstreamFailures.ofStatus(status(), error, hint);
    }

    private static boolean saysJson(Header header) {
        String value = header.value().toLowerCase(Locale.ROOT);
        String type = value.split(";", 2)[0].strip();
        return header.name().equals("content-type") && (type.equals("application/json") || type.endsWith("+json"));
    }
}
