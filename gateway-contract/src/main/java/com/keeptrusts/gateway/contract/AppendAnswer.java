package com.keeptrusts.gateway.contract;

/** A writer's answer. */
public sealed interface AppendAnswer extends BusMessage {

    /**
     * The entries are flushed to the disk.
     *
     * @param firstIndex position of the first of them in the tree of {@code writer}
     * @param treeSize size of the tree that contains them all
     */
    record Appended(String writer, long firstIndex, long treeSize, Bytes root) implements AppendAnswer {}

    /** Nothing was stored: the reason is a stable code, as in {@code disk_full}, {@code writer_dead}, {@code conflict}. */
    record AppendRefused(String writer, String reason) implements AppendAnswer {}
}
