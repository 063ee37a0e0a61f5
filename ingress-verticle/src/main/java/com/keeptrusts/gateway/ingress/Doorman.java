package com.keeptrusts.gateway.ingress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;

/**
 * Turns connections away that are one too many. From the first connection on he stands at the port itself: what he refuses
 * there costs the acceptor's thread two system calls, and the event loops nothing.
 */
final class Doorman extends ChannelInboundHandlerAdapter {

    private static final AttributeKey<Boolean> STANDS = AttributeKey.valueOf(Doorman.class, "stands");
    private static final AttributeKey<Boolean> COUNTED = AttributeKey.valueOf(Doorman.class, "counted");

    private final OpenConnections connections;
    private final int most;
    private final IngressMetrics metrics;

    Doorman(OpenConnections connections, int most, IngressMetrics metrics) {
        this.connections = connections;
        this.most = most;
        this.metrics = metrics;
    }

    /** Whether a connection that has come in may stay. */
    boolean lets(Channel connection) {
        Channel port = connection.parent();
        if (port.attr(STANDS).setIfAbsent(true) == null) { // the instances of a node share the port
            port.pipeline().addFirst("doorman", this);
        }
        return connection.hasAttr(COUNTED) || counts(connection);
    }

    @Override
    public void channelRead(ChannelHandlerContext port, Object accepted) {
        if (accepted instanceof Channel connection && !counts(connection)) {
            connection.config().setOption(ChannelOption.SO_LINGER, 0); // else it stays with the system for a minute
            connection.unsafe().closeForcibly();
        } else {
            port.fireChannelRead(accepted);
        }
    }

    private boolean counts(Channel connection) {
        String client = client(connection);
        OpenConnections.Entrance entrance = connections.enter(client, most);
        if (entrance != OpenConnections.Entrance.OPEN) {
            metrics.connectionRefused(entrance);
            return false;
        }
        connection.attr(COUNTED).set(true);
        connection.closeFuture().addListener(_ -> connections.leave(client));
        return true;
    }

    private static String client(Channel connection) {
        return connection.remoteAddress() instanceof InetSocketAddress peer
                ? OpenConnections.client(peer.getAddress())
                : "";
    }
}
