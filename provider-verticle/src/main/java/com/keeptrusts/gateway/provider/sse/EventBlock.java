package com.keeptrusts.gateway.provider.sse;

/** Whole events, one behind the other. */
public final class EventBlock {

    private final byte[] bytes;
    private final int[] ends;

    EventBlock(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    /** The array itself; it changes no more. */
    public byte[] bytes() {
        return bytes;
    }

    public int count() {
        return ends.length;
    }

    public int start(int event) {
        return event == 0 ? 0 : ends[event - 1];
    }

    /** Behind the blank line of the event. */
    public int end(int event) {
        return ends[event];
    }
}
