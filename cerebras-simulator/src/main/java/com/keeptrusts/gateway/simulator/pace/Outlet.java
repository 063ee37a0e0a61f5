package com.keeptrusts.gateway.simulator.pace;

import com.keeptrusts.gateway.simulator.answer.ByteRow;

/** Where an answer goes. */
public interface Outlet {

    /** Writes at once; the first write carries the head of the response. */
    void write(ByteRow bytes);

    /** Writes the last bytes, together with the terminator where the ending has one. */
    void end(ByteRow bytes, Feed.Ending ending);

    /** The peer does not take more at the moment. */
    boolean full();

    /** The peer has gone. */
    boolean gone();
}
