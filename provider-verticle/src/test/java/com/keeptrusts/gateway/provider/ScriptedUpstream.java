package com.keeptrusts.gateway.provider;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A target of which a test writes every byte. Each whole request becomes an {@link Exchange}. */
final class ScriptedUpstream {

    static final String SSE_HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\nconnection: close\r\n\r\n";

    private final NetServer server;
    private final AtomicInteger connections = new AtomicInteger();
    private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();

    private ScriptedUpstream(NetServer server) {
        this.server = server;
    }

    static ScriptedUpstream start(Vertx vertx) throws Exception {
        NetServer server = vertx.createNetServer();
        var upstream = new ScriptedUpstream(server);
        server.connectHandler(upstream::accept).listen(0, "127.0.0.1").await(5, SECONDS);
        return upstream;
    }

    int port() {
        return server.actualPort();
    }

    void close() throws Exception {
        server.close().await(5, SECONDS);
    }

    Exchange next() throws InterruptedException {
        return Objects.requireNonNull(exchanges.poll(10, SECONDS), "no request within ten seconds");
    }

    int connections() {
        return connections.get();
    }

    boolean isIdle() {
        return exchanges.isEmpty();
    }

    private void accept(NetSocket socket) {
        connections.incrementAndGet();
        var closed = new LinkedBlockingQueue<Long>();
        socket.closeHandler(_ -> closed.add(System.nanoTime()));
        socket.exceptionHandler(_ -> {});
        var arrived = new StringBuilder();
        socket.handler(part -> {
            arrived.append(part.toString(StandardCharsets.ISO_8859_1));
            int head = arrived.indexOf("\r\n\r\n");
            if (head > 0 && arrived.length() - head - 4 >= length(arrived.substring(0, head))) {
                exchanges.add(new Exchange(socket, arrived.toString(), closed));
                arrived.setLength(0);
            }
        });
    }

    private static int length(String head) {
        for (String line : head.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(line.substring(15).strip());
            }
        }
        return 0;
    }

    /** One request, to be answered byte by byte. */
    record Exchange(NetSocket socket, String request, BlockingQueue<Long> closed) {

        Exchange write(String text) throws Exception {
            return write(text.getBytes(StandardCharsets.UTF_8));
        }

        Exchange write(byte[] bytes) throws Exception {
            socket.write(Buffer.buffer(bytes)).await(10, SECONDS);
            return this;
        }

        Exchange json(int status, String headers, String body) throws Exception {
            return write("HTTP/1.1 " + status + " X\r\ncontent-type: application/json\r\n" + headers
                    + "content-length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
        }

        void end() throws Exception {
            socket.end().await(5, SECONDS);
        }

        /** When the gateway closed the connection, in the clock of {@link System#nanoTime()}. */
        long awaitClose() throws InterruptedException {
            return Objects.requireNonNull(closed.poll(10, SECONDS), "not closed within ten seconds");
        }
    }
}
