package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one request body as it comes: never more than the limit, never slower than 1 KiB a second after a grace. Begin on
 * the turn in which the request arrived.
 */
final class RequestBody implements Heartbeat.Beat {

    private static final long BYTES_PER_SECOND = 1024;

    private final HttpServerRequest http;
    private final int limit;
    private final long graceNanos;
    private final Heartbeat heartbeat;
    private final Admission.Place place;
    private final long startedNanos = System.nanoTime();
    private final Promise<byte[]> whole = Promise.promise();
    private final List<Buffer> pieces = new ArrayList<>(4);
    private int length;

    private RequestBody(
            HttpServerRequest http, int limit, long graceNanos, Heartbeat heartbeat, Admission.Place place) {
        this.http = http;
        this.limit = limit;
        this.graceNanos = graceNanos;
        this.heartbeat = heartbeat;
        this.place = place;
    }

    /** What is read counts as held; the caller gives it back. Fails with {@link Refused}. */
    static Future<byte[]> read(
            HttpServerRequest http, int limit, IngressTimings timings, Heartbeat heartbeat, Admission.Place place) {
        if (announced(http) > limit) {
            return Future.failedFuture(tooLarge(limit));
        }
        if ("100-continue".equalsIgnoreCase(http.getHeader("expect"))) {
            http.response().writeContinue();
        }
        var body = new RequestBody(http, limit, timings.bodyGrace().toNanos(), heartbeat, place);
        return body.begin();
    }

    static long announced(HttpServerRequest http) {
        String length = http.getHeader("content-length");
        if (length == null) {
            return 0;
        }
        try {
            return Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    static Refused tooLarge(int limit) {
        return Refused.of(
                ErrorCode.REQUEST_TOO_LARGE, "request body: larger than size_limits.max_body_bytes (" + limit + ")");
    }

    private Future<byte[]> begin() {
        heartbeat.add(this);
        http.handler(this::take);
        http.endHandler(_ -> whole.tryComplete(join()));
        http.exceptionHandler(_ -> whole.tryFail(new Gone()));
        return whole.future().onComplete(_ -> heartbeat.remove(this));
    }

    private void take(Buffer piece) {
        if (whole.future().isComplete()) {
            return; // refused: what still comes is read to nowhere
        }
        length += piece.length();
        if (length > limit) {
            pieces.clear();
            whole.tryFail(tooLarge(limit));
        } else if (!place.hold(piece.length())) {
            pieces.clear();
            whole.tryFail(Admission.overloaded());
        } else {
            pieces.add(piece);
        }
    }

    private byte[] join() {
        if (pieces.size() == 1) {
            return pieces.getFirst().getBytes();
        }
        byte[] all = new byte[length];
        int at = 0;
        for (Buffer piece : pieces) {
            piece.getBytes(all, at);
            at += piece.length();
        }
        return all;
    }

    @Override
    public void beat(long nowNanos) {
        long over = nowNanos - startedNanos - graceNanos;
        if (over > 0 && length < BYTES_PER_SECOND * (over / 1_000_000_000 + 1)) {
            whole.tryFail(Refused.of(ErrorCode.REQUEST_TIMEOUT, "request body: came too slowly"));
        }
    }
}
