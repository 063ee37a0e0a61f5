package com.keeptrusts.gateway.provider.upstream;

import com.keeptrusts.gateway.provider.settings.AddressGuard;
import com.keeptrusts.gateway.provider.settings.BaseUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections to targets: HTTP/1.1, one bounded pool per origin, certificates verified, redirects not followed, names
 * resolved and checked before each connection. For use on one event loop.
 */
public final class UpstreamClient {

    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int LARGEST_READ = 64 * 1024;
    private static final int LONGEST_HEADERS = 32 * 1024;

    private final Vertx vertx;
    private final HttpClientAgent client;
    private final Set<HttpConnection> served = Collections.newSetFromMap(new WeakHashMap<>());

    /**
     * A client with its own pools.
     *
     * @param poolSize connections per origin, and callers that may wait for one
     * @param trust certificate authorities other than those of the platform
     */
    public UpstreamClient(Vertx vertx, int poolSize, @Nullable TrustOptions trust) {
        this.vertx = vertx;
        var options = new HttpClientOptions()
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setTcpNoDelay(true)
                .setMaxChunkSize(LARGEST_READ)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setDecompressionSupported(true)
                .setForceSni(true)
                .setSslHandshakeTimeout(10)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
        options.setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
        if (trust != null) {
            options.setTrustOptions(trust);
        }
        this.client = vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(poolSize).setMaxWaitQueueSize(poolSize))
                .withConnectHandler(connection -> connection.exceptionHandler(_ -> {})) // each exchange hears of it
                .build();
    }

    public Future<Void> close() {
        return client.close();
    }

    /** Connects, or takes a connection that is idle; nothing is written yet. */
    Future<HttpClientRequest> open(UpstreamRequest request) {
        BaseUrl url = request.baseUrl();
        return resolve(url.host(), request)
                .compose(address -> client.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
                        .setHost(url.host())
                        .setPort(url.port())
                        .setSsl(url.tls())
                        .setURI(request.uri())
                        .setFollowRedirects(false)
                        .setConnectTimeout(request.connectMillis())));
    }

    /** Whether an answer came over this connection before. */
    boolean hasServed(HttpConnection connection) {
        return served.contains(connection);
    }

    void noteServed(HttpConnection connection) {
        served.add(connection);
    }

    private Future<InetAddress> resolve(String host, UpstreamRequest request) {
        InetAddress literal = AddressGuard.literal(host).orElse(null);
        Future<InetAddress> resolved = literal != null
                ? Future.succeededFuture(literal)
                : ((VertxInternal) vertx)
                        .nameResolver()
                        .resolve(host)
                        .timeout(request.connectMillis(), TimeUnit.MILLISECONDS);
        return resolved.compose(address -> request.allowPrivate() || AddressGuard.admits(host, address)
                ? Future.succeededFuture(address)
                : Future.failedFuture(new PrivateAddressException()));
    }
}
