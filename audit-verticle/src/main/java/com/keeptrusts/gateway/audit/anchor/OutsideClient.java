package com.keeptrusts.gateway.audit.anchor;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.TimeUnit;

/** How an anchor speaks to a place outside: few connections, each with limits, certificates and names verified. */
final class OutsideClient {

    /** For an answer to begin. */
    static final int LIMIT_MILLIS = 20_000;

    private static final int CONNECT_MILLIS = 5_000;
    private static final int IDLE_SECONDS = 60;

    private OutsideClient() {}

    static HttpClient of(Vertx vertx) {
        return vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setIdleTimeout(IDLE_SECONDS)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                        .setTrustAll(false)
                        .setVerifyHost(true),
                new PoolOptions().setHttp1MaxSize(1));
    }
}
