package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.fault.Connection;
import com.keeptrusts.gateway.simulator.script.Stage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** The body of an HTTP response; what it cannot do is done to the connection below it. */
final class BodyStage implements Stage {

    private static final long HTTP2_INTERNAL_ERROR = 2;

    private final HttpServerResponse response;
    private final Connection connection;
    private final boolean multiplexed;

    BodyStage(HttpServerRequest request) {
        response = request.response();
        multiplexed = request.version() == HttpVersion.HTTP_2;
        response.setChunked(!multiplexed);
        connection = Connection.of(request.connection());
    }

    @Override
    public void write(Buffer bytes) {
        response.write(bytes);
    }

    @Override
    public void complete() {
        response.end();
    }

    @Override
    public void fin() {
        if (multiplexed) {
            response.reset(HTTP2_INTERNAL_ERROR);
        } else {
            writeHead();
            connection.fin();
        }
    }

    @Override
    public void rst() {
        if (multiplexed) {
            response.reset(HTTP2_INTERNAL_ERROR);
        } else {
            writeHead();
            connection.rst();
        }
    }

    private void writeHead() {
        if (!response.headWritten()) {
            response.writeHead();
        }
    }

    @Override
    public void halfClose() {
        writeHead();
        connection.halfClose();
    }

    @Override
    public boolean gone() {
        return response.closed() || !connection.open();
    }

    @Override
    public void later(long micros, Runnable next) {
        connection.later(micros, next);
    }

    @Override
    public void onGone(Runnable listener) {
        response.closeHandler(_ -> listener.run());
    }
}
