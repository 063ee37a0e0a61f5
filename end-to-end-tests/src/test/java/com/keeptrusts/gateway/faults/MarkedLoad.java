package com.keeptrusts.gateway.faults;

import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.node.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests at a fixed rate, whatever becomes of earlier ones, every other one streamed, each with a mark of its own. Keeps
 * what came of every answer, also of those that were cut.
 */
final class MarkedLoad implements AutoCloseable {

    private static final int TICK_MILLIS = 5;
    private static final int CONNECTIONS = 1_000;
    private static final int CONNECT_MILLIS = 5_000;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Vertx vertx;
    private final int perSecond;
    private final int streamEvery;
    private final HttpClient client;
    private final AtomicInteger marks;
    private final Queue<MarkedAnswer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final long started = System.nanoTime();
    private final long timer;

    private MarkedLoad(Vertx vertx, HostPort door, int perSecond, int streamEvery, AtomicInteger marks) {
        this.vertx = vertx;
        this.perSecond = perSecond;
        this.streamEvery = streamEvery;
        this.marks = marks;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setDefaultHost(door.host())
                        .setDefaultPort(door.port())
                        .setConnectTimeout(CONNECT_MILLIS))
                .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS))
                .withConnectHandler(connection -> connection.exceptionHandler(_ -> {})) // the answers tell of it
                .build();
        this.timer = vertx.setPeriodic(TICK_MILLIS, _ -> sendDue());
    }

    /**
     * Begins at once.
     *
     * @param marks the next free mark
     */
    static MarkedLoad start(Vertx vertx, HostPort door, int perSecond, AtomicInteger marks) {
        return new MarkedLoad(vertx, door, perSecond, 2, marks);
    }

    /** As {@link #start}, where all are streamed. */
    static MarkedLoad startStreams(Vertx vertx, HostPort door, int perSecond, AtomicInteger marks) {
        return new MarkedLoad(vertx, door, perSecond, 1, marks);
    }

    int sent() {
        return sent.get();
    }

    /** What came so far, of requests that have ended one way or the other. */
    List<MarkedAnswer> answers() {
        return List.copyOf(answers);
    }

    int underWay() {
        return sent.get() - answers.size();
    }

    double rate() {
        return sent.get() * 1e9 / (System.nanoTime() - started);
    }

    /** Sends nothing more. */
    void stop() {
        over.set(true);
        vertx.cancelTimer(timer);
    }

    /** Returns when so many more were sent. */
    void awaitSent(int more) throws Exception {
        int until = sent() + more;
        Await.until(PATIENCE, () -> sent() >= until);
    }

    /** Sends nothing more; what came, when all requests have ended. */
    List<MarkedAnswer> finish() throws Exception {
        stop();
        Await.until(PATIENCE, this::settled);
        return answers();
    }

    boolean settled() {
        return answers.size() == sent.get();
    }

    private void sendDue() {
        long due = (System.nanoTime() - started) * perSecond / TimeUnit.SECONDS.toNanos(1);
        while (!over.get() && sent.get() < due) {
            send(new Mark(marks.getAndIncrement()), (sent.getAndIncrement() + 1) % streamEvery == 0);
        }
    }

    private void send(Mark mark, boolean stream) {
        long begun = System.nanoTime();
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setURI("/v1/chat/completions")
                .putHeader("content-type", "application/json");
        client.request(options)
                .compose(request -> request.send(Buffer.buffer(mark.body(stream))))
                .compose(response -> read(mark, stream, response, begun))
                .onSuccess(answers::add)
                .onFailure(_ -> answers.add(MarkedAnswer.none(mark, stream, since(begun))));
    }

    /** A body that is cut counts with what came of it. */
    private static Future<MarkedAnswer> read(Mark mark, boolean stream, HttpClientResponse response, long begun) {
        Buffer body = Buffer.buffer();
        String id = String.valueOf(response.getHeader("x-request-id"));
        response.handler(body::appendBuffer);
        return response.end()
                .transform(done -> Future.succeededFuture(MarkedAnswer.of(
                        mark, stream, id, response.statusCode(), body, done.succeeded(), since(begun))));
    }

    private static long since(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    @Override
    public void close() {
        stop();
        client.close();
    }
}
