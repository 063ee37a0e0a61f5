package com.keeptrusts.gateway.faults.net;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A wire through this process, for those without root: what goes in at one port comes out at another, later, not at all,
 * or in one direction only. Bytes are never changed and never overtake each other. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {

    /** Which way bytes go; forth is away from whoever connects. */
    private enum Way {
        FORTH,
        BACK
    }

    private final Vertx vertx;
    private final int targetPort;
    private final NetServer server;
    private final Random random;
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final Set<Way> swallowed = ConcurrentHashMap.newKeySet();
    private volatile int delayMillis;
    private volatile int jitterMillis;

    private TcpProxy(Vertx vertx, int targetPort, long seed) {
        this.vertx = vertx;
        this.targetPort = targetPort;
        this.server = vertx.createNetServer();
        this.random = new Random(seed);
    }

    /** Listens on loopback, before a port of loopback on which nothing needs to listen yet. */
    public static TcpProxy before(Vertx vertx, int targetPort, long seed) throws TimeoutException {
        var proxy = new TcpProxy(vertx, targetPort, seed);
        proxy.server.connectHandler(proxy::connected).listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS);
        return proxy;
    }

    public int port() {
        return server.actualPort();
    }

    /** Everything takes so long each way from now on, and up to {@code jitter} longer. */
    public void delay(int millis, int jitter) {
        delayMillis = millis;
        jitterMillis = jitter;
    }

    /** Connections stay, and nothing gets through; nobody is told. */
    public void cut() {
        swallowed.add(Way.FORTH);
        swallowed.add(Way.BACK);
    }

    /** What is sent by whoever connects is lost. */
    public void cutForth() {
        swallowed.add(Way.FORTH);
    }

    /** What is answered to whoever connects is lost. */
    public void cutBack() {
        swallowed.add(Way.BACK);
    }

    /** A wire as new. What was swallowed stays lost, so connections that lost something are reset. */
    public void heal() {
        delay(0, 0);
        if (!swallowed.isEmpty()) {
            swallowed.clear();
            reset();
        }
    }

    /** All connections break. */
    public void reset() {
        open.forEach(NetSocket::close);
    }

    private void connected(NetSocket near) {
        near.pause();
        keep(near);
        vertx.createNetClient()
                .connect(targetPort, "127.0.0.1")
                .onFailure(_ -> near.close())
                .onSuccess(far -> {
                    keep(far);
                    pump(near, far, Way.FORTH);
                    pump(far, near, Way.BACK);
                    near.resume();
                });
    }

    private void keep(NetSocket socket) {
        open.add(socket);
        socket.exceptionHandler(_ -> {});
    }

    private void pump(NetSocket from, NetSocket to, Way way) {
        var line = new Line(to);
        from.handler(bytes -> {
            if (!swallowed.contains(way)) {
                line.send(bytes);
            }
        });
        from.closeHandler(_ -> {
            open.remove(from);
            line.close();
        });
    }

    /** One direction of one connection: what is later in it comes out later. */
    private final class Line {
        private final NetSocket to;
        private final Queue<Runnable> pending = new ArrayDeque<>();
        private long lastDueNanos = System.nanoTime();

        Line(NetSocket to) {
            this.to = to;
        }

        void send(Buffer bytes) {
            later(() -> to.write(bytes));
        }

        void close() {
            later(to::close);
        }

        private void later(Runnable act) {
            long wait = (long) delayMillis + (jitterMillis == 0 ? 0 : random.nextInt(jitterMillis + 1));
            long now = System.nanoTime();
            lastDueNanos = Math.max(lastDueNanos, now + TimeUnit.MILLISECONDS.toNanos(wait));
            long millis = TimeUnit.NANOSECONDS.toMillis(lastDueNanos - now);
            if (millis <= 0 && pending.isEmpty()) {
                act.run();
            } else { // whichever timer rings first, what came first goes first
                pending.add(act);
                vertx.setTimer(Math.max(1, millis), _ -> pending.remove().run());
            }
        }
    }

    @Override
    public void close() {
        server.close();
        reset();
    }
}
