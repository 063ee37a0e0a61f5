package com.keeptrusts.gateway.faults;

import com.keeptrusts.gateway.node.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Connections from one address of this machine that never send a whole request; counts those that the peer ends. */
final class ConnectionFlood implements AutoCloseable {

    private static final long LOOK_MILLIS = 50;

    private final InetSocketAddress from;
    private final InetSocketAddress to;
    private final List<byte[]> beginnings;
    private final Selector selector = Selector.open();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile long openingMillis;
    private volatile boolean over;

    /**
     * @param beginnings what is sent on the connections, in turns
     */
    ConnectionFlood(String from, HostPort to, List<byte[]> beginnings) throws IOException {
        this.from = new InetSocketAddress(from, 0);
        this.to = new InetSocketAddress(to.host(), to.port());
        this.beginnings = List.copyOf(beginnings);
    }

    /** Opens so many, evenly over a second or as fast as it goes, and watches them until it is closed. */
    void start(int connections) {
        Thread.ofPlatform().name("flood").start(() -> run(connections));
    }

    /** How many were opened so far. */
    int opened() {
        return opened.get();
    }

    /** How many of them the peer has closed or reset. */
    int ended() {
        return ended.get();
    }

    /** How long it took to open them all; 0 until then. */
    long openingMillis() {
        return openingMillis;
    }

    private void run(int connections) {
        long began = System.nanoTime();
        try (selector) {
            for (int n = 0; n < connections && !over; n++) {
                LockSupport.parkNanos(began + TimeUnit.SECONDS.toNanos(n) / connections - System.nanoTime());
                open(beginnings.get(n % beginnings.size()));
                selector.selectNow(this::look);
            }
            openingMillis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            while (!over) {
                selector.select(this::look, LOOK_MILLIS);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open(byte[] beginning) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.bind(from);
        opened.incrementAndGet();
        try {
            channel.connect(to);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            channel.write(ByteBuffer.wrap(beginning));
        } catch (IOException _) { // it was reset meanwhile
            end(channel);
        }
    }

    private void look(SelectionKey key) {
        var channel = (SocketChannel) key.channel();
        try {
            if (channel.read(ByteBuffer.allocate(1024)) < 0) {
                end(channel);
            }
        } catch (IOException _) {
            end(channel);
        }
    }

    private void end(SocketChannel channel) {
        ended.incrementAndGet();
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        over = true;
    }
}
