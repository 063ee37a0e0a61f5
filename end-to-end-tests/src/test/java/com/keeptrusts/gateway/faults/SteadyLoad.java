package com.keeptrusts.gateway.faults;

import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.node.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many requests at a fixed rate, every other one streamed, of which only the number is kept. When the gateway cannot keep
 * up, no more than {@value #MOST_OPEN} are under way and the rate falls.
 */
final class SteadyLoad implements AutoCloseable {

    private static final int MOST_OPEN = 256;
    private static final long TICK_MILLIS = 2;
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final HttpClient client;
    private final int perSecond;
    private final long started = System.nanoTime();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong good = new AtomicLong();
    private final AtomicLong bad = new AtomicLong();
    private final long timer;
    private long skipped;

    SteadyLoad(Vertx vertx, HostPort door, int perSecond) {
        this.vertx = vertx;
        this.perSecond = perSecond;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setDefaultHost(door.host()).setDefaultPort(door.port()))
                .with(new PoolOptions().setHttp1MaxSize(MOST_OPEN))
                .build();
        this.timer = vertx.setPeriodic(TICK_MILLIS, _ -> sendDue());
    }

    long good() {
        return good.get();
    }

    long bad() {
        return bad.get();
    }

    long underWay() {
        return sent.get() - good.get() - bad.get();
    }

    /** Served since the beginning, in a second. */
    double rate() {
        return good.get() * 1e9 / (System.nanoTime() - started);
    }

    /** Sends nothing more; returns when all have ended. */
    void finish() throws Exception {
        vertx.cancelTimer(timer);
        Await.until(SETTLED, () -> underWay() == 0);
    }

    private void sendDue() {
        long due = (System.nanoTime() - started) * perSecond / TimeUnit.SECONDS.toNanos(1);
        while (sent.get() + skipped < due) {
            if (underWay() >= MOST_OPEN) {
                skipped = due - sent.get();
                return;
            }
            send(new Mark((int) sent.getAndIncrement()));
        }
    }

    private void send(Mark mark) {
        boolean stream = mark.number() % 2 == 1;
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setURI("/v1/chat/completions")
                .putHeader("content-type", "application/json");
        client.request(options)
                .compose(request -> request.send(Buffer.buffer(mark.body(stream))))
                .compose(response -> response.body().map(body -> whole(response.statusCode(), stream, body)))
                .otherwise(false)
                .onSuccess(served -> (served ? good : bad).incrementAndGet());
    }

    private static boolean whole(int status, boolean stream, Buffer body) {
        return status == 200
                && (stream
                        ? body.toString().endsWith("data: [DONE]\n\n")
                                && !body.toString().contains("event: error")
                        : body.length() > 0);
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        client.close();
    }
}
