package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.answer.ByteRow;
import com.keeptrusts.gateway.simulator.fault.Connection;
import com.keeptrusts.gateway.simulator.pace.Feed.Ending;
import com.keeptrusts.gateway.simulator.pace.Outlet;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** An answer on its way through an HTTP response, of either version. */
final class ResponseOutlet implements Outlet {

    private static final int WRITE_QUEUE = 256 * 1024;
    private static final long HTTP2_INTERNAL_ERROR = 2;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final int slice;
    private boolean gone;

    /** {@code slice}: the most bytes to leave in one write; 0 for as many as there are. */
    ResponseOutlet(HttpServerRequest request, int slice) {
        this.request = request;
        this.slice = slice;
        response = request.response();
        response.setChunked(request.version() != HttpVersion.HTTP_2);
        response.setWriteQueueMaxSize(WRITE_QUEUE);
        response.closeHandler(_ -> gone = true);
        response.exceptionHandler(_ -> gone = true);
    }

    void sendHead() {
        response.writeHead();
    }

    @Override
    public void write(ByteRow bytes) {
        if (bytes.length() == 0) {
            if (!response.headWritten()) {
                response.writeHead();
            }
            return;
        }
        Buffer all = bytes.seal();
        int step = slice > 0 ? slice : all.length();
        for (int from = 0; from < all.length(); from += step) {
            response.write(all.slice(from, Math.min(all.length(), from + step)));
        }
    }

    @Override
    public void end(ByteRow bytes, Ending ending) {
        switch (ending) {
            case COMPLETE -> complete(bytes);
            case FIN, RST -> breakOff(bytes, ending);
            case STALL -> write(bytes);
        }
    }

    private void complete(ByteRow bytes) {
        if (slice > 0) {
            write(bytes);
            response.end();
        } else {
            response.end(bytes.seal());
        }
    }

    private void breakOff(ByteRow bytes, Ending ending) {
        write(bytes);
        silence(request, ending);
    }

    /** Ends without another byte. */
    static void silence(HttpServerRequest request, Ending ending) {
        if (ending == Ending.STALL) {
            return;
        }
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(HTTP2_INTERNAL_ERROR);
        } else if (ending == Ending.RST) {
            Connection.of(request.connection()).rst();
        } else {
            Connection.of(request.connection()).fin();
        }
    }

    @Override
    public boolean full() {
        return response.writeQueueFull();
    }

    @Override
    public boolean gone() {
        return gone || response.closed();
    }
}
