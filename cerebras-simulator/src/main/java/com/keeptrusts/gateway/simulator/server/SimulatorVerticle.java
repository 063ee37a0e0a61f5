package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.pace.Ticker;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens on one event loop. Several of them share a port. */
public final class SimulatorVerticle extends VerticleBase {

    private static final int LONGEST_HEAD = 64 * 1024;

    /** To Vert.x a negative port is a free one that all instances of a deployment share; each takes its own at 0. */
    private static final int FREE_PORT_FOR_ALL = -1;

    private final World world;
    private final int port;
    private final AtomicInteger takenPort;

    /** {@code takenPort} is told the port once it is known. */
    public SimulatorVerticle(World world, int port, AtomicInteger takenPort) {
        this.world = world;
        this.port = port == 0 ? FREE_PORT_FOR_ALL : port;
        this.takenPort = takenPort;
    }

    @Override
    public Future<?> start() {
        var options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true)
                .setTcpNoDelay(true)
                .setMaxHeaderSize(LONGEST_HEAD)
                .setMaxInitialLineLength(LONGEST_HEAD)
                .setMaxChunkSize(LONGEST_HEAD);
        var front = new Front(vertx, world, new Ticker(vertx));
        return vertx.createHttpServer(options)
                .connectionHandler(this::count)
                .requestHandler(front::handle)
                .listen(port, world.settings().host())
                .onSuccess(server -> takenPort.set(server.actualPort()));
    }

    private void count(HttpConnection connection) {
        world.counters().connectionOpened();
        connection.closeHandler(_ -> world.counters().connectionClosed());
    }
}
