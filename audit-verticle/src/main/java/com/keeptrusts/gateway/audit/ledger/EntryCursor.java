package com.keeptrusts.gateway.audit.ledger;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Walks one log in order of index. At the end it gives null and may be asked again later. Not thread-safe. */
public interface EntryCursor extends Closeable {

    @Nullable
    LedgerEntry next() throws IOException;

    /** As {@link #next}, for who does not look into the leaf. */
    byte @Nullable [] nextLeaf() throws IOException;

    /** Index of the next entry. */
    long index();
}
