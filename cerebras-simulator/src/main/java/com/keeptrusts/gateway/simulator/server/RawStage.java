package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.fault.Connection;
import com.keeptrusts.gateway.simulator.script.Stage;
import io.vertx.core.buffer.Buffer;

/** The bare connection: what is written is what the peer reads, byte for byte. */
final class RawStage implements Stage {

    private final Connection connection;

    RawStage(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void write(Buffer bytes) {
        connection.write(bytes.getBytes());
        connection.flush();
    }

    @Override
    public void complete() {
        connection.fin();
    }

    @Override
    public void fin() {
        connection.fin();
    }

    @Override
    public void rst() {
        connection.rst();
    }

    @Override
    public void halfClose() {
        connection.halfClose();
    }

    @Override
    public boolean gone() {
        return !connection.open();
    }

    @Override
    public void later(long micros, Runnable next) {
        connection.later(micros, next);
    }

    @Override
    public void onGone(Runnable listener) {
        connection.onClose(listener);
    }
}
