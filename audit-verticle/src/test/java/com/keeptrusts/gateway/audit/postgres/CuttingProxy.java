package com.keeptrusts.gateway.audit.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** Stands before a server and cuts the connection on which the next commit comes, before it or behind it. */
final class CuttingProxy implements AutoCloseable {

    private static final String COMMIT = "commit\0";

    /** What becomes of the next commit. */
    enum Cut {
        NONE,
        /** The server never hears of it. */
        BEFORE,
        /** The server does it and nobody hears its answer. */
        BEHIND
    }

    private final NetServer front;
    private final NetClient back;
    private final int serverPort;
    private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NONE);

    private CuttingProxy(Vertx vertx, int serverPort) {
        this.front = vertx.createNetServer();
        this.back = vertx.createNetClient();
        this.serverPort = serverPort;
    }

    static CuttingProxy before(Vertx vertx, int serverPort) throws Exception {
        var proxy = new CuttingProxy(vertx, serverPort);
        proxy.front.connectHandler(proxy::connect).listen(0, "127.0.0.1").await(10, SECONDS);
        return proxy;
    }

    int port() {
        return front.actualPort();
    }

    void cutNext(Cut cut) {
        next.set(cut);
    }

    private void connect(NetSocket client) {
        client.pause();
        back.connect(serverPort, "127.0.0.1")
                .onSuccess(server -> {
                    server.handler(client::write);
                    server.closeHandler(_ -> client.close());
                    client.closeHandler(_ -> server.close());
                    client.handler(bytes -> forward(bytes, client, server));
                    client.resume();
                })
                .onFailure(_ -> client.close());
    }

    private void forward(Buffer bytes, NetSocket client, NetSocket server) {
        boolean commits = bytes.toString(StandardCharsets.ISO_8859_1).contains(COMMIT);
        Cut cut = commits ? next.getAndSet(Cut.NONE) : Cut.NONE;
        switch (cut) {
            case NONE -> server.write(bytes);
            case BEFORE -> client.close();
            case BEHIND -> {
                server.handler(_ -> {});
                server.closeHandler(_ -> {});
                client.closeHandler(_ -> {});
                server.write(bytes).onComplete(_ -> client.close());
            }
        }
    }

    @Override
    public void close() {
        front.close().toCompletionStage().toCompletableFuture().join();
        back.close().toCompletionStage().toCompletableFuture().join();
    }
}
