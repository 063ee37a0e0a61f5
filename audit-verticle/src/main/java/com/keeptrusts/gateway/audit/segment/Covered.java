package com.keeptrusts.gateway.audit.segment;

import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.Bytes;

/** The tree whose leaves are safe outside the segments. */
public record Covered(long size, Bytes root) {

    public static final Covered NOTHING = new Covered(0, Bytes.owning(TreeHash.ofNothing()));
}
