package com.keeptrusts.gateway.audit.ledger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the last ten minutes or more by id, so that one that is sent again is stored once. Two generations:
 * when the younger is full or old, the older is forgotten. Not thread-safe.
 */
final class RecentIds {

    static final Duration AGE = Duration.ofMinutes(10);

    private static final int GENERATION = 500_000;

    private IdTable young = new IdTable();
    private IdTable old = new IdTable();
    private long youngSince = System.nanoTime();

    IdTable.@Nullable Known find(String id) {
        IdTable.Known known = young.find(id);
        return known == null ? old.find(id) : known;
    }

    void add(String id, long index, byte[] leafHash) {
        if (young.size() >= GENERATION || System.nanoTime() - youngSince > AGE.toNanos()) {
            old = young;
            young = new IdTable();
            youngSince = System.nanoTime();
        }
        young.put(id, index, leafHash);
    }
}
