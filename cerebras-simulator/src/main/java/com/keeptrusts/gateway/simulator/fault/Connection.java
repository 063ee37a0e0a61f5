package com.keeptrusts.gateway.simulator.fault;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The TCP connection below HTTP/1.1, for what HTTP does not allow: bytes of one's own, a half-close, a reset. Vert.x keeps it to itself,
 * so this is the one place that reaches for it.
 */
public final class Connection {

    private final Channel channel;
    private final ChannelHandlerContext belowHttp;

    private Connection(ConnectionBase connection) {
        channel = connection.channel();
        ChannelHandlerContext codec = channel.pipeline().context("httpEncoder");
        belowHttp = codec != null ? codec : channel.pipeline().firstContext();
    }

    public static Connection of(HttpConnection connection) {
        return new Connection((ConnectionBase) connection);
    }

    public static Connection of(NetSocket socket) {
        return new Connection((ConnectionBase) socket);
    }

    /** Bytes past the HTTP encoder, but through TLS. */
    public void write(byte[] bytes) {
        ChannelFuture _ = belowHttp.write(Unpooled.wrappedBuffer(bytes));
    }

    public void flush() {
        belowHttp.flush();
    }

    public boolean open() {
        return channel.isActive();
    }

    /** Runs something on the event loop of the connection; finer than the timers of Vert.x, which count milliseconds. */
    public void later(long micros, Runnable next) {
        Future<?> _ = channel.eventLoop().schedule(next, micros, TimeUnit.MICROSECONDS);
    }

    public void onClose(Runnable listener) {
        ChannelFuture _ = channel.closeFuture().addListener(_ -> listener.run());
    }

    /** Closes after what was written. */
    public void fin() {
        ChannelFuture _ = belowHttp.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Resets after what was written reached the kernel; what the peer has not read by then is lost, as in real life. */
    public void rst() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        fin();
    }

    /** Sends the FIN, and goes on reading. */
    public void halfClose() {
        flush();
        if (channel instanceof DuplexChannel duplex) {
            ChannelFuture _ = duplex.shutdownOutput();
        }
    }
}
