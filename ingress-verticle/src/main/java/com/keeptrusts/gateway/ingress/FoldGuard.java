package com.keeptrusts.gateway.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.Map;

/**
 * Has folded header lines refused, which the decoder would join: stands before it and makes of the white space at the
 * beginning of a header line a byte that the decoder rejects. Follows the bodies between the heads, except that a head in
 * the same read as the end of a chunked body is not looked at.
 */
final class FoldGuard extends ChannelInboundHandlerAdapter {

    private boolean inHead = true;
    private long bodyLeft;
    private int lineLength;

    private FoldGuard() {}

    static void install(HttpConnection connection) {
        if (!(connection instanceof HttpServerConnection server)) {
            return;
        }
        ChannelHandlerContext last = server.channelHandlerContext();
        ChannelPipeline pipeline = last.pipeline();
        for (Map.Entry<String, ChannelHandler> entry : pipeline) {
            if (entry.getValue() instanceof HttpRequestDecoder) {
                var guard = new FoldGuard();
                pipeline.addBefore(entry.getKey(), "fold-guard", guard);
                pipeline.addAfter(entry.getKey(), "fold-guard-progress", guard.new Progress());
                return;
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
            return;
        }
        while (bytes.isReadable()) {
            int length = inHead ? head(bytes) : body(bytes);
            context.fireChannelRead(bytes.readRetainedSlice(length));
        }
        bytes.release();
    }

    /** How much of the bytes belongs to the head; its folded lines are spoilt. */
    private int head(ByteBuf bytes) {
        int from = bytes.readerIndex();
        for (int at = from; at < bytes.writerIndex(); at++) {
            byte next = bytes.getByte(at);
            if (next == '\n') {
                boolean empty = lineLength == 0;
                lineLength = 0;
                if (empty) {
                    return at + 1 - from;
                }
            } else if (next != '\r') {
                if (lineLength == 0 && (next == ' ' || next == '\t')) {
                    bytes.setByte(at, 0);
                }
                lineLength++;
            }
        }
        return bytes.readableBytes();
    }

    private int body(ByteBuf bytes) {
        if (bodyLeft <= 0) {
            return bytes.readableBytes(); // the decoder thinks otherwise, and it is the one who refuses
        }
        int length = (int) Math.min(bytes.readableBytes(), bodyLeft);
        bodyLeft -= length;
        return length;
    }

    /** Sees what the decoder made of the bytes: where bodies begin and end. */
    private final class Progress extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                inHead = false;
                bodyLeft = bodyLength(request);
            }
            if (message instanceof LastHttpContent) {
                inHead = true;
                lineLength = 0;
            }
            context.fireChannelRead(message);
        }

        private static long bodyLength(HttpRequest request) {
            try {
                return HttpUtil.getContentLength(request, Long.MAX_VALUE);
            } catch (NumberFormatException e) {
                return Long.MAX_VALUE;
            }
        }
    }
}
