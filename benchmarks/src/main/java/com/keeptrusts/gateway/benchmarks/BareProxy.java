package com.keeptrusts.gateway.benchmarks;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The least that Vert.x can do between a client and an upstream: what the gateway's cost is compared with. */
final class BareProxy extends VerticleBase {

    private final int port;
    private final int upstreamPort;

    BareProxy(int port, int upstreamPort) {
        this.port = port;
        this.upstreamPort = upstreamPort;
    }

    /** Takes its own port and the upstream's; runs until it is ended. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        int upstreamPort = Integer.parseInt(args[1]);
        var instances =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        Vertx.vertx()
                .deployVerticle(() -> new BareProxy(port, upstreamPort), instances)
                .await(20, TimeUnit.SECONDS);
        new CountDownLatch(1).await();
    }

    @Override
    public Future<?> start() {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true), new PoolOptions().setHttp1MaxSize(1_000));
        return vertx.createHttpServer()
                .requestHandler(request -> forward(client, request))
                .listen(port, "127.0.0.1");
    }

    private void forward(HttpClient client, HttpServerRequest request) {
        request.pause();
        var options = new RequestOptions()
                .setMethod(request.method())
                .setHost("127.0.0.1")
                .setPort(upstreamPort)
                .setURI(request.uri());
        client.request(options)
                .compose(upstream -> send(request, upstream))
                .compose(answer -> relay(answer, request.response()))
                .onFailure(_ -> request.connection().close());
    }

    private static Future<HttpClientResponse> send(HttpServerRequest request, HttpClientRequest upstream) {
        upstream.headers().setAll(request.headers()).remove(HttpHeaders.HOST);
        // The response's own close handler is not called when a write noticed the end first.
        request.connection().closeHandler(_ -> upstream.reset());
        return upstream.send(request);
    }

    private static Future<Void> relay(HttpClientResponse answer, HttpServerResponse response) {
        response.setStatusCode(answer.statusCode()).headers().setAll(answer.headers());
        return answer.pipeTo(response);
    }
}
