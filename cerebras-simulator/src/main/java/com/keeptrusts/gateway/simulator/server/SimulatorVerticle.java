package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.Tls;
import com.keeptrusts.gateway.simulator.fault.Connection;
import com.keeptrusts.gateway.simulator.pace.Ticker;
import com.keeptrusts.gateway.simulator.tls.OwnCertificate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Listens on one event loop. Several of them share a port. */
public final class SimulatorVerticle extends VerticleBase {

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int WINDOW = 8 * 1024 * 1024;

    private final World world;
    private final OwnCertificate certificate;
    private final int port;
    private final AtomicInteger takenPort;
    private @Nullable HttpServer server;

    /** {@code takenPort} is told the port once it is known; those that are given the same negative one share a free one. */
    public SimulatorVerticle(World world, OwnCertificate certificate, int port, AtomicInteger takenPort) {
        this.world = world;
        this.certificate = certificate;
        this.port = port;
        this.takenPort = takenPort;
    }

    @Override
    public Future<?> start() {
        if (world.settings().tls() == Tls.RESET) {
            return vertx.createNetServer()
                    .connectHandler(socket -> Connection.of(socket).rst())
                    .listen(port, world.settings().host())
                    .onSuccess(listening -> takenPort.set(listening.actualPort()));
        }
        world.outage().register(this::leave);
        return listen(port);
    }

    private Future<HttpServer> listen(int where) {
        var front = new Front(vertx, world, new Ticker(vertx));
        return vertx.createHttpServer(options())
                .connectionHandler(this::count)
                .requestHandler(front::handle)
                .listen(where, world.settings().host())
                .onSuccess(listening -> {
                    server = listening;
                    takenPort.set(listening.actualPort());
                });
    }

    private HttpServerOptions options() {
        var options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true)
                .setTcpNoDelay(true)
                .setMaxHeaderSize(LONGEST_HEAD)
                .setMaxInitialLineLength(LONGEST_HEAD)
                .setMaxChunkSize(LONGEST_HEAD);
        return world.settings().tls() == Tls.OFF ? options : secured(options);
    }

    private HttpServerOptions secured(HttpServerOptions options) {
        return options.setSsl(true)
                .setUseAlpn(true)
                .setHttp2ConnectionWindowSize(WINDOW)
                .setInitialSettings(new Http2Settings().setInitialWindowSize(WINDOW))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addKeyValue(Buffer.buffer(certificate.keyPem()))
                        .addCertValue(Buffer.buffer(certificate.certificatePem())));
    }

    private void count(HttpConnection connection) {
        world.counters().connectionOpened();
        connection.closeHandler(_ -> world.counters().connectionClosed());
    }

    private Future<Void> leave(Duration time) {
        var left = Promise.<Void>promise();
        context.runOnContext(_ -> {
            HttpServer leaving = server;
            Future<Void> closed = leaving == null ? Future.succeededFuture() : leaving.close();
            closed.onComplete(left);
            vertx.setTimer(Math.max(1, time.toMillis()), _ -> listen(takenPort.get()));
        });
        return left.future();
    }
}
