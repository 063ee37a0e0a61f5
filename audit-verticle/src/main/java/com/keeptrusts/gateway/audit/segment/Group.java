package com.keeptrusts.gateway.audit.segment;

import com.keeptrusts.gateway.contract.Bytes;
import java.util.List;

/**
 * Leaves that were flushed together.
 *
 * @param first index of the first leaf
 * @param root of the tree that ends with the last leaf
 */
public record Group(long first, List<byte[]> leaves, Bytes root) {

    public Group {
        leaves = List.copyOf(leaves);
    }

    public long treeSize() {
        return first + leaves.size();
    }
}
