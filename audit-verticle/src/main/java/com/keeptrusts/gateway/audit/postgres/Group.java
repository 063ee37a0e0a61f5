package com.keeptrusts.gateway.audit.postgres;

import com.keeptrusts.gateway.contract.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one transaction.
 *
 * @param first index of the first leaf
 * @param root of the tree that ends with the last leaf
 * @param edge of that tree, where it is stored with it
 */
record Group(
        long first,
        List<String> ids,
        List<byte[]> leaves,
        Bytes root,
        @Nullable Bytes edge) {

    Group {
        ids = List.copyOf(ids);
        leaves = List.copyOf(leaves);
    }
}
