package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.Bytes;
import java.time.Instant;

/**
 * An entry and where it stands.
 *
 * @param origin of its log
 * @param signed whether a signed checkpoint covers it; otherwise it is flushed and will be covered
 */
public record LedgerEntry(String origin, long index, LeafHead head, Bytes leaf, boolean signed) {

    private static final LeafHead UNREADABLE = new LeafHead("", "unreadable", "", 0, 0, Instant.EPOCH, 0);

    public static LedgerEntry of(String origin, long index, byte[] leaf, boolean signed) {
        LeafHead head = LeafHead.read(leaf);
        return new LedgerEntry(origin, index, head == null ? UNREADABLE : head, Bytes.owning(leaf), signed);
    }

    public byte[] leafHash() {
        return TreeHash.ofLeaf(leaf.array());
    }

    public Instant time() {
        return head.time();
    }
}
