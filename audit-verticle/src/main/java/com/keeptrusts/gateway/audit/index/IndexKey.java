package com.keeptrusts.gateway.audit.index;

import com.keeptrusts.gateway.audit.tree.TreeHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What an entry can be found by, as 48 bits of its digest: enough to find it among billions, and whoever finds one
 * looks at the entry itself anyway.
 */
record IndexKey(long hash) {

    static final int LENGTH = 6;

    static IndexKey ofEntry(String id) {
        return of("i " + id);
    }

    static IndexKey ofRequest(String requestId) {
        return of("r " + requestId);
    }

    private static IndexKey of(String text) {
        byte[] digest = TreeHash.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return new IndexKey(ByteBuffer.wrap(digest).getLong() >>> (8 * (Long.BYTES - LENGTH)));
    }
}
