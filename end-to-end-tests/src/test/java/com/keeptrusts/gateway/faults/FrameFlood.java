package com.keeptrusts.gateway.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.keeptrusts.gateway.node.HostPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * One connection after the other that speaks HTTP/2 without having asked, and then resets streams or goes on with a
 * header for as long as it is let.
 */
final class FrameFlood implements AutoCloseable {

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int RST_STREAM = 3;
    private static final int CONTINUATION = 9;
    private static final int PIECE = 64 * 1024;
    private static final int MOST_PIECES = 512;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final InetSocketAddress from;
    private final HostPort door;
    private final byte[] resets = frames(RST_STREAM, 4);
    private final byte[] headers = frames(CONTINUATION, 16_384);
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final Set<String> answers = new TreeSet<>();
    private CountDownLatch ended = new CountDownLatch(0);
    private volatile boolean over;

    FrameFlood(String from, HostPort door) {
        this.from = new InetSocketAddress(from, 0);
        this.door = door;
    }

    /** Begins, also once more after an end. */
    void start() {
        over = false;
        ended = new CountDownLatch(1);
        Thread.ofPlatform().name("frames").start(this::run);
    }

    int connections() {
        return connections.get();
    }

    /** What was written before the peer had enough. */
    long mebibytes() {
        return bytes.get() / 1024 / 1024;
    }

    /** First lines of the answers that could still be read; to be asked after {@link #end}. */
    Set<String> answers() {
        return answers;
    }

    /** Returns when the last connection has ended. */
    void end() throws InterruptedException {
        over = true;
        if (!ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("a connection of the flood does not end");
        }
    }

    private void run() {
        try {
            while (!over) {
                long began = System.nanoTime();
                flood(connections.getAndIncrement());
                LockSupport.parkNanos(began + BETWEEN_NANOS - System.nanoTime());
            }
        } finally {
            ended.countDown();
        }
    }

    /** Every third one waits for its answer, which the reset that frames bring may take away from the others. */
    private void flood(int turn) {
        try (var socket = new Socket()) {
            socket.bind(from);
            socket.connect(new InetSocketAddress(door.host(), door.port()));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(PREFACE.getBytes(ISO_8859_1));
            if (turn % 3 == 0) {
                String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
                answers.add(answer.lines().findFirst().orElse(""));
                return;
            }
            byte[] frames = turn % 3 == 1 ? resets : headers;
            for (int piece = 0; piece < MOST_PIECES; piece++) {
                socket.getOutputStream().write(frames);
                bytes.addAndGet(frames.length);
            }
        } catch (IOException _) { // that the peer has had enough
            return;
        }
        answers.add("it read on");
    }

    private static byte[] frames(int type, int length) {
        byte[] frame = ByteBuffer.allocate(9 + length)
                .putInt(length << 8 | type)
                .put((byte) 0)
                .putInt(1)
                .array();
        var piece = new ByteArrayOutputStream(PIECE);
        while (piece.size() < PIECE) {
            piece.writeBytes(frame);
        }
        return piece.toByteArray();
    }

    @Override
    public void close() {
        over = true;
    }
}
