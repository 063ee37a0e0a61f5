package com.keeptrusts.gateway.benchmarks;

import static com.keeptrusts.gateway.benchmarks.FigureTable.number;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Readers of streams that misbehave: that go away, and that stop reading. */
final class ReaderRows {

    private static final int LEAVERS = 20;
    private static final int STALLED = 64;

    private final Lab lab;
    private final Subject gateway;

    ReaderRows(Lab lab, Subject gateway) {
        this.lab = lab;
        this.gateway = gateway;
    }

    /** From the moment twenty readers leave until the upstream has no stream any more. */
    Figure hangUp() {
        var millis = new Samples();
        for (int round = 0; round < lab.rounds(); round++) {
            lab.simulator().answer(100_000, 50, 0);
            Lab.await(() -> lab.simulator().streamsRunning() == 0, Duration.ofSeconds(10), "earlier streams closed");
            var readers = new Readers(LEAVERS, false);
            try {
                Lab.await(() -> lab.simulator().streamsRunning() == LEAVERS, Duration.ofSeconds(5), "streams running");
                long left = System.nanoTime();
                readers.leave();
                Lab.await(() -> lab.simulator().streamsRunning() == 0, Duration.ofSeconds(20), "streams closed");
                millis.add(gateway.name(), (System.nanoTime() - left) / 1e6);
            } finally {
                readers.end();
            }
        }
        return new Figure(
                "client hang-up: last of " + LEAVERS + " upstream streams closed after",
                "ms",
                Budget.atMost(100, 50),
                millis.median(gateway.name()),
                "includes asking the simulator, about 1 ms");
    }

    /** What the process holds on to more while 64 fast streams have readers that do not read. */
    Figure stalled() {
        long pid = gateway.pids().getFirst();
        lab.simulator().answer(200_000, 0, 0);
        ProcessMemory before = ProcessMemory.of(pid);
        var readers = new Readers(STALLED, true);
        try {
            LockSupport.parkNanos(Duration.ofSeconds(3).toNanos()); // until every buffer on the way is full
            ProcessMemory after = ProcessMemory.of(pid);
            return new Figure(
                    "stalled readers: " + STALLED + " of them cost",
                    "MiB",
                    Budget.atMost(16, 16),
                    after.total() - before.total(),
                    "live heap " + change(before.liveHeap(), after.liveHeap()) + ", outside it "
                            + change(before.outsideHeap(), after.outsideHeap()));
        } finally {
            readers.end();
        }
    }

    private static String change(double before, double after) {
        return number(before) + " → " + number(after) + " MiB";
    }

    /** Readers of one stream each; all have seen their first bytes when the constructor returns. */
    private final class Readers {

        private final Vertx vertx = Vertx.vertx();
        private final List<NetSocket> sockets = new ArrayList<>();

        Readers(int count, boolean stall) {
            NetClient client = vertx.createNetClient();
            var request = lab.requests(gateway, 1_000, true).getFirst();
            try {
                for (int i = 0; i < count; i++) {
                    NetSocket socket =
                            client.connect(gateway.port(), "127.0.0.1").await(5, TimeUnit.SECONDS);
                    sockets.add(socket);
                    Future<Void> first = firstBytes(socket, stall);
                    socket.write(request);
                    first.await(10, TimeUnit.SECONDS);
                }
            } catch (TimeoutException e) {
                end();
                throw new IllegalStateException("streams: no first bytes", e);
            }
        }

        private static Future<Void> firstBytes(NetSocket socket, boolean stall) {
            Promise<Void> first = Promise.promise();
            socket.handler(_ -> {
                if (stall) {
                    socket.pause();
                }
                first.tryComplete();
            });
            return first.future();
        }

        void leave() {
            sockets.forEach(NetSocket::close);
            sockets.clear();
        }

        void end() {
            leave();
            vertx.close().await();
        }
    }
}
