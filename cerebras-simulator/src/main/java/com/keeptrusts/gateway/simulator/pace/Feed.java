package com.keeptrusts.gateway.simulator.pace;

import com.keeptrusts.gateway.simulator.answer.ByteRow;
import com.keeptrusts.gateway.simulator.answer.Timing;
import java.util.function.Supplier;

/** The events of one answer, in order. Not thread-safe: it lives on the event loop of its connection. */
public interface Feed {

    boolean exhausted();

    /** Tokens of the whole answer. */
    long length();

    /** What the next append will write. */
    Part nextPart();

    /** How many tokens must have been generated before the next event may leave. */
    long nextDue();

    /** Appends the next event; {@code timing} is asked only by the one that reports it. */
    void append(ByteRow out, Supplier<Timing> timing);

    /** What becomes of the response once the feed is exhausted. */
    default Ending ending() {
        return Ending.COMPLETE;
    }

    /** The parts of an answer. */
    enum Part {
        OPENING,
        TOKENS,
        TOOL_CALL,
        FINISH,
        /** The end marker. */
        DONE,
        /** All of it, as JSON. */
        DOCUMENT,
        NOTHING
    }

    /** How a response ends. */
    enum Ending {
        /** With the terminator of its framing. */
        COMPLETE,
        /** The connection is closed in the middle. */
        FIN,
        /** The connection is reset. */
        RST,
        /** Nothing more ever comes, and the connection stays open. */
        STALL
    }
}
