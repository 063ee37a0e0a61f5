package com.keeptrusts.gateway.audit.retention;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.keeptrusts.gateway.audit.ledger.EntryBundle;
import com.keeptrusts.gateway.audit.ledger.LeafHead;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.TilePath;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks how far a log may be pruned: over the bundles from the front, one at a time, up to the first that has an entry
 * which must stay. Holds one bundle in memory, however long the log is.
 */
final class PruneWalk {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LedgerDirectory directory;
    private final Holds holds;
    private final Instant before;

    /** Entries of {@code before} and later stay, and those that are held. */
    PruneWalk(LedgerDirectory directory, Holds holds, Instant before) {
        this.directory = directory;
        this.holds = holds;
        this.before = before;
    }

    /**
     * Where it ended.
     *
     * @param to entries below it may go; a multiple of 256
     * @param newest time of the newest of them
     * @param heldBy name of the hold that ended it, or null
     */
    record Reach(long to, Instant newest, @Nullable String heldBy) {}

    /** Why a bundle stays, or null. */
    private record Bundle(
            Instant newest, boolean young, @Nullable String heldBy) {}

    Reach from(long from, long limit) throws IOException {
        long to = from;
        Instant newest = Instant.EPOCH;
        while (to + TilePath.FULL <= limit) {
            Bundle bundle = look(to / TilePath.FULL);
            if (bundle.young() || bundle.heldBy() != null) {
                return new Reach(to, newest, bundle.heldBy());
            }
            newest = bundle.newest().isAfter(newest) ? bundle.newest() : newest;
            to += TilePath.FULL;
        }
        return new Reach(to, newest, null);
    }

    private Bundle look(long index) throws IOException {
        TilePath path = TilePath.entries(index, TilePath.FULL);
        List<byte[]> leaves = EntryBundle.read(directory, path);
        if (leaves.size() < TilePath.FULL) {
            throw new LedgerException(path.in(directory) + ": does not hold its 256 entries, so nothing is removed");
        }
        Instant newest = Instant.EPOCH;
        for (byte[] leaf : leaves) {
            LeafHead head = LeafHead.read(leaf);
            if (head == null || !head.time().isBefore(before)) {
                return new Bundle(newest, true, null);
            }
            String heldBy = heldBy(head, Bytes.owning(leaf));
            if (heldBy != null) {
                return new Bundle(newest, false, heldBy);
            }
            newest = head.time().isAfter(newest) ? head.time() : newest;
        }
        return new Bundle(newest, false, null);
    }

    private @Nullable String heldBy(LeafHead head, Bytes leaf) throws IOException {
        if (head.type().equals(Keeping.HOLD_ADDED)) {
            Hold told = Holds.of(JSON.readTree(leaf.array()).path("hold"));
            if (!holds.knows(told.name())) {
                return told.name(); // its file was lost: the log remembers
            }
        }
        return holds.active().stream()
                .filter(hold -> hold.covers(head.time(), leaf))
                .map(Hold::name)
                .findFirst()
                .orElse(null);
    }
}
