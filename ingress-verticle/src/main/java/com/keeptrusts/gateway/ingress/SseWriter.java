package com.keeptrusts.gateway.ingress;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Writes one stream of server-sent events. The status line leaves with the first bytes, so that until then a failure can
 * have a status of its own; the last bytes leave together with the end of the response.
 */
final class SseWriter {

    private static final Buffer COMMENT = Buffer.buffer(": keep-alive\n\n");

    private final Journey journey;
    private final HttpServerResponse response;
    private final @Nullable Mac commitment;
    private final @Nullable SentText kept;
    private long lastWriteNanos = System.nanoTime();
    private long fullSinceNanos;
    private boolean over;

    /**
     * @param commitment what the bytes sent are added to
     * @param kept the same, where they are kept themselves
     */
    SseWriter(Journey journey, @Nullable Mac commitment, @Nullable SentText kept) {
        this.journey = journey;
        this.response = journey.http().response();
        this.commitment = commitment;
        this.kept = kept;
    }

    /** Prepares the head; nothing is sent yet. */
    void head(int status) {
        response.setStatusCode(status);
        Reply.head(journey);
        MultiMap headers = response.headers();
        headers.set("content-type", "text/event-stream; charset=utf-8");
        headers.set("cache-control", "no-cache");
        headers.set("x-accel-buffering", "no");
        response.setChunked(true);
        if (endsWithConnection()) { // without chunks its end is the only end, also where the client would keep it open
            response.headersEndHandler(_ -> headers.set("connection", "close"));
        }
    }

    boolean begun() {
        return response.headWritten();
    }

    void write(Buffer bytes) {
        lastWriteNanos = System.nanoTime();
        count(bytes);
        response.write(bytes);
    }

    boolean full() {
        return !over && response.writeQueueFull();
    }

    /** Runs the action once when there is room again. */
    void onRoom(Runnable action) {
        if (fullSinceNanos == 0) {
            fullSinceNanos = System.nanoTime();
        }
        response.drainHandler(_ -> {
            fullSinceNanos = 0;
            action.run();
        });
    }

    /** What the last bytes will add to the commitment, before they are sent. */
    void commit(Buffer last) {
        over = true;
        count(last);
        if (commitment != null) {
            journey.sentDigest(commitment.doFinal());
        }
    }

    /** Sends the last bytes and the end of the response in one write. They must have been committed to. */
    Future<Void> end(Buffer last) {
        over = true;
        lastWriteNanos = System.nanoTime();
        fullSinceNanos = lastWriteNanos;
        Future<Void> sent = response.end(last).onSuccess(_ -> fullSinceNanos = 0);
        return endsWithConnection()
                ? sent.eventually(() -> journey.http().connection().close())
                : sent;
    }

    private boolean endsWithConnection() {
        return journey.http().version() == HttpVersion.HTTP_1_0;
    }

    /** Something went wrong that no frame can tell any more: the client must not take what it has for the whole. */
    void reset() {
        over = true;
        ClientConnections.reset(journey.http().connection());
    }

    /** A comment, when the client has heard nothing for so long. */
    void keepAlive(long nowNanos, long patienceNanos) {
        if (!over && begun() && !response.writeQueueFull() && nowNanos - lastWriteNanos > patienceNanos) {
            write(COMMENT.copy());
        }
    }

    /** How long the client has read nothing although there is something to read. */
    long stalledNanos(long nowNanos) {
        return fullSinceNanos == 0 ? 0 : nowNanos - fullSinceNanos;
    }

    private void count(Buffer bytes) {
        journey.sent(bytes.length());
        if (commitment != null) {
            commitment.update(bytes.getBytes());
        }
        if (kept != null) {
            kept.add(bytes);
        }
    }
}
