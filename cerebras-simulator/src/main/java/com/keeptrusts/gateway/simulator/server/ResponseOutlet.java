package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.answer.ByteRow;
import com.keeptrusts.gateway.simulator.fault.Connection;
import com.keeptrusts.gateway.simulator.pace.Feed.Ending;
import com.keeptrusts.gateway.simulator.pace.Outlet;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** An answer on its way through an HTTP response, of either version. */
final class ResponseOutlet implements Outlet {

    private static final int WRITE_QUEUE = 256 * 1024;
    private static final long HTTP2_INTERNAL_ERROR = 2;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private boolean gone;

    ResponseOutlet(HttpServerRequest request) {
        this.request = request;
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
        if (bytes.length() > 0) {
            response.write(bytes.seal());
        }
    }

    @Override
    public void end(ByteRow bytes, Ending ending) {
        switch (ending) {
            case COMPLETE -> response.end(bytes.seal());
            case FIN, RST -> breakOff(bytes, ending);
            case STALL -> write(bytes);
        }
    }

    private void breakOff(ByteRow bytes, Ending ending) {
        if (!response.headWritten()) {
            response.writeHead();
        }
        write(bytes);
        if (request.version() == HttpVersion.HTTP_2) {
            response.reset(HTTP2_INTERNAL_ERROR);
        } else if (ending == Ending.FIN) {
            Connection.of(request.connection()).fin();
        } else {
            Connection.of(request.connection()).rst();
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
