package com.keeptrusts.gateway.audit.index;

/** Entries of one log from an index on and before another. */
public record IndexRange(long from, long to) {

    /** From an index on, however far the log goes. */
    public static IndexRange from(long index) {
        return new IndexRange(index, Long.MAX_VALUE);
    }

    public boolean isEmpty() {
        return from >= to;
    }
}
