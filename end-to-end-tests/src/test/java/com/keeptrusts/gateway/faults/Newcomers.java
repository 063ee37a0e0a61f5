package com.keeptrusts.gateway.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.keeptrusts.gateway.node.HostPort;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Clients that have no connection yet: one after the other opens one, asks for the models, and closes it. */
final class Newcomers implements AutoCloseable {

    private static final byte[] ASK =
            "GET /v1/models HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n".getBytes(ISO_8859_1);
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int PATIENCE_MILLIS = 10_000;

    private final HostPort door;
    private final Queue<Long> millis = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    private Newcomers(HostPort door) {
        this.door = door;
    }

    /** Begins at once. */
    static Newcomers start(HostPort door) {
        var newcomers = new Newcomers(door);
        Thread.ofPlatform().name("newcomers").start(newcomers::run);
        return newcomers;
    }

    /** What went wrong. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** How long each of those took who had their answer, in milliseconds. */
    List<Long> millis() {
        return List.copyOf(millis);
    }

    private void run() {
        while (!over) {
            long began = System.nanoTime();
            try {
                ask();
                millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            } catch (IOException e) {
                failures.add(e.toString());
            }
            LockSupport.parkNanos(began + BETWEEN_NANOS - System.nanoTime());
        }
    }

    private void ask() throws IOException {
        try (var socket = new Socket(door.host(), door.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(ASK);
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            if (!answer.startsWith("HTTP/1.1 200")) {
                throw new IOException("answered: " + answer);
            }
        }
    }

    @Override
    public void close() {
        over = true;
    }
}
