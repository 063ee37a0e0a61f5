package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionStarted;
import com.keeptrusts.gateway.contract.Header;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the head of an answer, and whole answers. */
final class Reply {

    /** Ours, or of the hop: whatever a target says here stays here. */
    private static final Set<String> NOT_RELAYED = Set.of(
            "x-request-id", "content-length", "transfer-encoding", "connection", "content-encoding", "set-cookie");

    private Reply() {}

    /** Headers that every answer to a model call carries, and those of the target that may travel. */
    static void head(Journey journey) {
        MultiMap headers = journey.http().response().headers();
        CompletionStarted started = journey.started();
        for (Header header : journey.upstreamHeaders()) {
            if (!NOT_RELAYED.contains(header.name())) {
                headers.add(header.name(), header.value());
            }
        }
        headers.set("x-request-id", journey.id());
        if (!journey.config().gateway().responseHeaders()) {
            return;
        }
        if (!journey.reviews().isEmpty()) {
            headers.set("x-keeptrusts-policies", policies(journey.reviews()));
        }
        headers.set("x-keeptrusts-verdict", verdict(journey.reviews()));
        if (started != null) {
            headers.set("x-keeptrusts-target", started.target());
        }
        AuditSettings audit = journey.config().audit();
        if (audit.enabled() && audit.logAllAccess()) {
            headers.set("x-keeptrusts-audit-id", journey.acceptedId());
        }
    }

    /** The gravest of the verdicts. */
    static String verdict(List<Review> reviews) {
        String gravest = "allow";
        for (Review review : reviews) {
            String word = review.word();
            if (rank(word) > rank(gravest)) {
                gravest = word;
            }
        }
        return gravest;
    }

    private static int rank(String word) {
        return switch (word) {
            case "allow" -> 0;
            case "redact" -> 1;
            case "failed" -> 2;
            case "escalate" -> 3;
            default -> 4;
        };
    }

    /** Each kind once, in order, with the gravest of its verdicts on the request and on the answer. */
    static String policies(List<Review> reviews) {
        Map<String, String> words = new LinkedHashMap<>();
        for (Review review : reviews) {
            words.merge(
                    review.step().kind(),
                    review.word(),
                    (before, later) -> rank(later) > rank(before) ? later : before);
        }
        return words.entrySet().stream()
                .map(word -> word.getKey() + "=" + word.getValue())
                .collect(Collectors.joining(";"));
    }

    /** A refusal outside of any journey. */
    static Future<Void> error(
            Vertx vertx, HttpServerRequest http, String requestId, ErrorBody error, IngressTimings timings) {
        http.response().headers().set("x-request-id", requestId);
        return error(vertx, http, error, timings);
    }

    /**
     * Sends a refusal. A client that is still sending its body gets the time to hear it: closing at once would reset the
     * connection and the answer with it.
     */
    static Future<Void> error(Vertx vertx, HttpServerRequest http, ErrorBody error, IngressTimings timings) {
        HttpServerResponse response = http.response();
        if (response.ended() || response.closed()) {
            return Future.succeededFuture();
        }
        Bytes body = error.body();
        response.setStatusCode(error.status());
        error.headers(response.headers());
        if (http.isEnded()) {
            boolean close = response.headers().contains("connection", "close", true);
            Future<Void> sent = response.end(body.toBuffer());
            return close ? sent.eventually(() -> http.connection().close()) : sent;
        }
        response.headers().set("connection", "close");
        response.headers().set("content-length", Integer.toString(body.length()));
        http.handler(_ -> {});
        Future<Void> sent = response.write(body.toBuffer());
        long timer = vertx.setTimer(Math.max(1, timings.linger().toMillis()), _ -> close(http));
        http.endHandler(_ -> {
            if (vertx.cancelTimer(timer)) {
                close(http);
            }
        });
        return sent;
    }

    private static void close(HttpServerRequest http) {
        http.response().end().eventually(() -> http.connection().close());
    }
}
