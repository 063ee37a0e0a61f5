package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.contract.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** What a store has of one log. One thread appends; others may read what was appended. */
public interface EntryLog extends Closeable {

    /** Size of the tree that is flushed. */
    long size();

    Bytes root();

    /**
     * Stores the leaves together, all or none, and returns when they are flushed.
     *
     * @throws com.keeptrusts.gateway.audit.segment.FlushFailedException when that cannot be told, after which the log
     *     must not be used any more; after another {@link IOException} nothing of the group remains
     * @throws AlreadyStoredException when the store has some of them, which this log does not remember; nothing of the
     *     group remains
     */
    void append(List<byte[]> leaves, List<byte[]> hashes) throws IOException;

    /** Reads from an index on, or from the first entry that was not pruned. */
    EntryCursor cursor(long from) throws IOException;

    /** Lets the next group begin a fresh segment, where the store has such. */
    default void rollNow() {}

    /** Entries from here on must stay, for the next start needs them, when this many are under a checkpoint. */
    long neededFrom(long published) throws IOException;

    /**
     * Lets entries go for good that a durable {@code retention.pruned} entry names, where the store holds them. What is
     * left, because the store refused or went away, goes with the next such entry.
     */
    default void prune(String entryId) throws IOException {}
}
