package com.keeptrusts.gateway.simulator.script;

import io.vertx.core.buffer.Buffer;

/** Where a script is played. */
public interface Stage {

    void write(Buffer bytes);

    /** The script is over and has not said how to end. */
    void complete();

    void fin();

    void rst();

    void halfClose();

    boolean gone();

    void later(long micros, Runnable next);

    /** Runs once when the peer has gone or the connection was closed. */
    void onGone(Runnable listener);
}
