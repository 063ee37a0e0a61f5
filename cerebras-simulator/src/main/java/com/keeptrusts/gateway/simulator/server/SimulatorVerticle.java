package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.pace.Ticker;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;

/** Listens on one event loop. Several of them share a port. */
public final class SimulatorVerticle extends VerticleBase {

    private static final int LONGEST_HEAD = 64 * 1024;

    private final World world;
    private final int port;
    private int actualPort;

    public SimulatorVerticle(World world, int port) {
        this.world = world;
        this.port = port;
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
                .onSuccess(server -> actualPort = server.actualPort());
    }

    private void count(HttpConnection connection) {
        world.counters().connectionOpened();
        connection.closeHandler(_ -> world.counters().connectionClosed());
    }

    /** The port that was taken, once started. */
    public int actualPort() {
        return actualPort;
    }
}
