package com.keeptrusts.gateway.simulator.answer;

/** Writes the events and documents of one answer in the member order and with the habits of one service. */
public interface Dialect {

    /** The event that opens a choice. */
    void opening(ByteRow out, int choice);

    /** One event with the tokens from {@code from} to {@code to}, all of them thought or all of them said. */
    void tokens(ByteRow out, int choice, int from, int to);

    /** One event with the whole tool call. */
    void toolCall(ByteRow out, int choice);

    /** The event that ends a choice, and after the last choice whatever follows it, without the end marker. */
    void finish(ByteRow out, int choice, Timing timing);

    /** The whole answer as one JSON document. */
    void document(ByteRow out, Timing timing);
}
