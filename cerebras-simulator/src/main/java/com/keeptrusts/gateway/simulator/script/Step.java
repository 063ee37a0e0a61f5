package com.keeptrusts.gateway.simulator.script;

import io.vertx.core.buffer.Buffer;

/** One step of a script. Bytes of successive writes leave together, at the next step that is not a write. */
public sealed interface Step {

    record Write(Buffer bytes) implements Step {}

    record Sleep(long micros) implements Step {}

    record Flush() implements Step {}

    /** Closes the connection. */
    record Fin() implements Step {}

    /** Resets the connection. */
    record Rst() implements Step {}

    /** Does nothing any more, with the connection open. */
    record Stall() implements Step {}

    /** Closes the sending side only. */
    record HalfClose() implements Step {}
}
