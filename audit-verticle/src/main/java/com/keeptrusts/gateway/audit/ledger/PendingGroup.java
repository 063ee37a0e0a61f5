package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The new entries of a group, each once, and where the entries of each call stand or will stand. */
final class PendingGroup {

    private final long size;
    private final RecentIds ids;
    private final Map<String, AlreadyStoredException.Place> stored;
    private final List<New> added = new ArrayList<>();
    private final Map<String, New> byId = new HashMap<>();

    private record New(long index, LeafHead head, Bytes leaf, Bytes hash) {}

    /** What becomes of a call. */
    sealed interface Place {}

    /** Its first entry is at {@code first}; all of them are below {@code end}. */
    record At(long first, long end) implements Place {}

    /** All of it is stored already; its first entry stands there. */
    record Elsewhere(AlreadyStoredException.Place place) implements Place {}

    /** Nothing of it is stored. */
    record Refused(String reason) implements Place {}

    /** Leaves out what the store was found to have beyond what this log remembers. */
    PendingGroup(long size, RecentIds ids, Map<String, AlreadyStoredException.Place> stored) {
        this.size = size;
        this.ids = ids;
        this.stored = stored;
    }

    Place place(List<AuditEntry> call) {
        int before = added.size();
        long first = -1;
        long end = 0;
        AlreadyStoredException.Place elsewhere = null;
        for (AuditEntry entry : call) {
            Bytes hash = Bytes.owning(TreeHash.ofLeaf(entry.leaf().array()));
            AlreadyStoredException.Place there = stored.get(entry.id());
            if (there != null && there.leafHash().equals(hash)) {
                elsewhere = elsewhere == null ? there : elsewhere;
                continue;
            }
            Long known = known(entry, hash);
            String refusal =
                    there != null ? "conflict" : known == null ? add(entry, hash) : known < 0 ? "conflict" : "";
            if (!refusal.isEmpty()) {
                takeBack(before);
                return new Refused(refusal);
            }
            long index = known == null ? size + added.size() - 1 : known;
            first = first < 0 ? index : first;
            end = Math.max(end, index + 1);
        }
        return first < 0 && elsewhere != null ? new Elsewhere(elsewhere) : new At(first, end);
    }

    boolean isEmpty() {
        return added.isEmpty();
    }

    List<byte[]> leaves() {
        return added.stream().map(entry -> entry.leaf().array()).toList();
    }

    List<byte[]> hashes() {
        return added.stream().map(entry -> entry.hash().array()).toList();
    }

    /** To be called once the group is durable. */
    void remember(Consumer<LeafHead> stored) {
        for (New entry : added) {
            ids.add(entry.head().id(), entry.index(), entry.hash().array());
            stored.accept(entry.head());
        }
    }

    /** Where an entry of this id already stands; negative when its bytes differ; null when the id is new. */
    private @Nullable Long known(AuditEntry entry, Bytes hash) {
        New inGroup = byId.get(entry.id());
        if (inGroup != null) {
            return inGroup.hash().equals(hash) ? inGroup.index() : -1;
        }
        IdTable.Known before = ids.find(entry.id());
        if (before == null) {
            return null;
        }
        return before.hasHash(hash.array()) ? before.index() : -1L;
    }

    private String add(AuditEntry entry, Bytes hash) {
        if (entry.leaf().length() > LedgerWriter.MAX_LEAF) {
            return "too_large";
        }
        LeafHead head = LeafHead.read(entry.leaf().array());
        if (head == null || !tellsTheSame(head, entry)) {
            return "invalid_entry";
        }
        var fresh = new New(size + added.size(), head, entry.leaf(), hash);
        added.add(fresh);
        byId.put(entry.id(), fresh);
        return "";
    }

    private static boolean tellsTheSame(LeafHead head, AuditEntry entry) {
        return !head.id().isEmpty()
                && head.id().equals(entry.id())
                && head.type().equals(entry.type())
                && (entry.requestId() == null || head.requestId().equals(entry.requestId()));
    }

    private void takeBack(int count) {
        while (added.size() > count) {
            byId.remove(added.removeLast().head().id());
        }
    }
}
