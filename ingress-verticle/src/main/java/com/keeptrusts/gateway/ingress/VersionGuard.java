package com.keeptrusts.gateway.ingress;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Ends a connection at the first line that speaks another version than HTTP/1.0 and 1.1, as HTTP/2's preface does; what
 * comes behind it is dropped unread. Vert.x would answer in the other version, and tell nobody.
 */
final class VersionGuard extends ChannelInboundHandlerAdapter {

    private static final byte[] REFUSAL =
            "HTTP/1.1 505 HTTP Version Not Supported\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1);

    private final Runnable refusing;
    private boolean refused;

    private VersionGuard(Runnable refusing) {
        this.refusing = refusing;
    }

    /**
     * Stands behind the decoder from now on.
     *
     * @param refusing run for each connection that is ended
     */
    static void install(HttpConnection connection, Runnable refusing) {
        if (!(connection instanceof HttpServerConnection server)) {
            return;
        }
        for (Map.Entry<String, ChannelHandler> entry :
                server.channelHandlerContext().pipeline()) {
            if (entry.getValue() instanceof HttpRequestDecoder) {
                server.channelHandlerContext()
                        .pipeline()
                        .addAfter(entry.getKey(), "version-guard", new VersionGuard(refusing));
                return;
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!refused && message instanceof HttpRequest request && !spoken(request.protocolVersion())) {
            refused = true;
            refusing.run();
            context.writeAndFlush(Unpooled.wrappedBuffer(REFUSAL)).addListener(ChannelFutureListener.CLOSE);
        }
        if (refused) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    private static boolean spoken(HttpVersion version) {
        return version.equals(HttpVersion.HTTP_1_0) || version.equals(HttpVersion.HTTP_1_1);
    }
}
