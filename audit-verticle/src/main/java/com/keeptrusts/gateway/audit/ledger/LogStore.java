package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.segment.Covered;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.Closeable;
import java.io.IOException;
import java.util.UUID;

/**
 * A place where a log keeps its entries from the moment they are acknowledged. Tiles and checkpoints are written to the
 * log's directory in the same way for every store, from what the store gives back (docs/extend.md). Serves one log at a
 * time; everything blocks.
 */
public interface LogStore extends Closeable {

    /** Segment files in the log's own directory: docs/audit-format.md. */
    static LogStore segments() {
        return new SegmentStore();
    }

    /** The files through which the log changes its directory: a store may keep some of them itself, too. */
    default LogFiles over(LogFiles disk) {
        return disk;
    }

    /**
     * Takes the store for one log, whose directory is locked and not read yet; what is missing in it may be put there.
     *
     * @throws com.keeptrusts.gateway.audit.segment.LedgerException when another writer has the log, when the store
     *     cannot promise what it must, or when directory and store are not of the same log
     */
    default void attach(LedgerDirectory directory, LedgerOptions options) throws IOException {}

    /** Called for a log that is not there yet, before {@code log.json} is written. */
    void create(LedgerDirectory directory, LedgerOptions options, UUID writer) throws IOException;

    /**
     * Opens behind the last whole group.
     *
     * @param covered the tree whose signed checkpoint and tiles stand in the directory
     * @throws com.keeptrusts.gateway.audit.segment.LedgerException when acknowledged data is damaged or missing
     */
    EntryLog open(LedgerDirectory directory, LedgerOptions options, LogFacts facts, Covered covered) throws IOException;

    /** Lets go of a log whose loss the operator has accepted, so that another one begins. Its directory is moved. */
    default void setAside(LedgerDirectory directory, LedgerOptions options, String cause) throws IOException {}

    /** Gives the log back. May be called more than once. */
    @Override
    default void close() throws IOException {}
}
