package com.keeptrusts.gateway.ingress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The open client connections of an instance: no more than the node may have, and none that dawdles. Vert.x' own idle
 * time-out cannot be used, because it would also cut an answer that takes long.
 */
final class ClientConnections implements Heartbeat.Beat {

    private final Doorman doorman;
    private final IngressTimings timings;
    private final IngressStatus status;
    private final IngressMetrics metrics;
    private final Map<HttpConnection, Use> open = new HashMap<>();
    private @Nullable Channel port;

    ClientConnections(Doorman doorman, IngressTimings timings, IngressStatus status, IngressMetrics metrics) {
        this.doorman = doorman;
        this.timings = timings;
        this.status = status;
        this.metrics = metrics;
    }

    void opened(HttpConnection connection) {
        if (connection instanceof HttpServerConnection server) {
            Channel channel = server.channelHandlerContext().channel();
            port = channel.parent();
            if (!doorman.lets(channel)) {
                reset(connection);
                return;
            }
        }
        FoldGuard.install(connection);
        VersionGuard.install(connection, metrics::badFraming);
        open.put(connection, new Use(System.nanoTime()));
        metrics.connectionOpened();
        connection.closeHandler(_ -> closed(connection));
    }

    private void closed(HttpConnection connection) {
        if (open.remove(connection) != null) {
            metrics.connectionClosed();
        }
    }

    /** The connection is in use until the response has ended. */
    void uses(HttpServerRequest http) {
        Use use = open.get(http.connection());
        if (use != null) {
            use.requests++;
            use.first = false;
            http.response().endHandler(_ -> ended(http.connection(), use));
            if (status.leaving()) {
                use.lastAnswer = true;
                http.response().headersEndHandler(_ -> http.response().headers().set("connection", "close"));
            }
        }
    }

    /** A client that is told to go elsewhere does so with its next request, so this answer is the connection's last. */
    private void ended(HttpConnection connection, Use use) {
        use.ended();
        if (use.lastAnswer && use.requests == 0) {
            connection.close();
        }
    }

    /** Drops what the client has not read; it must not take the end of the connection for the end of the answer. */
    static void reset(HttpConnection connection) {
        if (connection instanceof HttpServerConnection server) {
            server.channelHandlerContext().channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        connection.close();
    }

    int size() {
        return open.size();
    }

    /**
     * Lets nobody new in while those who are in are served: Vert.x would close the open connections with the port, also one
     * on which a request is just arriving. Does nothing when nobody ever came in.
     */
    void closePort() {
        if (port != null) {
            var _ = port.close();
        }
    }

    @Override
    public void beat(long nowNanos) {
        List<HttpConnection> late = new ArrayList<>();
        open.forEach((connection, use) -> {
            long patience = (use.first ? timings.headers() : timings.keepAlive()).toNanos();
            if (use.requests == 0 && nowNanos - use.idleSince > patience) {
                late.add(connection);
            }
        });
        late.forEach(HttpConnection::close);
    }

    /** How a connection is used. */
    private static final class Use {
        private boolean first = true;
        private boolean lastAnswer;
        private int requests;
        private long idleSince;

        Use(long now) {
            idleSince = now;
        }

        void ended() {
            requests--;
            idleSince = System.nanoTime();
        }
    }
}
