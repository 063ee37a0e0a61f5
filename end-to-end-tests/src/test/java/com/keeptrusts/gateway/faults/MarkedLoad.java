package com.keeptrusts.gateway.faults;

import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.node.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
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
    private final Balancer balancer;
    private final int perSecond;
    private final int streamEvery;
    private final HttpClient client;
    private final AtomicInteger marks;
    private final Queue<MarkedAnswer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<String> causes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final long started = System.nanoTime();
    private final long timer;

    private MarkedLoad(Vertx vertx, List<HostPort> doors, int perSecond, int streamEvery, AtomicInteger marks) {
        this.vertx = vertx;
        this.balancer = new Balancer(vertx, doors);
        this.perSecond = perSecond;
        this.streamEvery = streamEvery;
        this.marks = marks;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS))
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
        return start(vertx, List.of(door), perSecond, marks);
    }

    /** As {@link #start}, where all are streamed. */
    static MarkedLoad startStreams(Vertx vertx, HostPort door, int perSecond, AtomicInteger marks) {
        return new MarkedLoad(vertx, List.of(door), perSecond, 1, marks);
    }

    /**
     * Goes to the doors in turn, to those that are ready; a request whose connection is refused goes to the next one, and
     * nothing else is retried.
     */
    static MarkedLoad start(Vertx vertx, List<HostPort> doors, int perSecond, AtomicInteger marks) {
        return new MarkedLoad(vertx, doors, perSecond, 2, marks);
    }

    /** How often a connection was refused and another port taken. */
    int refused() {
        return refused.get();
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

    /** Why requests have no answer at all, for the one who has to find out. */
    List<String> causes() {
        return List.copyOf(causes);
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
        Await.until(PATIENCE.plusSeconds(more / perSecond), () -> sent() >= until);
    }

    /** Sends nothing more; what came, when all requests have ended. */
    List<MarkedAnswer> finish() throws Exception {
        stop();
        Await.until(PATIENCE, this::settled);
        return answers();
    }

    private boolean settled() {
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
        connect(options, mark.number(), balancer.doors())
                .compose(request -> request.send(Buffer.buffer(mark.body(stream))))
                .compose(response -> read(mark, stream, response, begun))
                .onSuccess(answers::add)
                .onFailure(failure -> {
                    causes.add(failure.toString());
                    answers.add(MarkedAnswer.none(mark, stream, since(begun)));
                });
    }

    private Future<HttpClientRequest> connect(RequestOptions options, int turn, int tries) {
        HostPort door = balancer.door(turn);
        options.setHost(door.host()).setPort(door.port());
        return client.request(options).recover(failure -> {
            if (tries > 1 && failure instanceof ConnectException) {
                refused.incrementAndGet();
                return connect(options, turn + 1, tries - 1);
            }
            return Future.failedFuture(failure);
        });
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
        balancer.close();
        client.close();
    }
}
