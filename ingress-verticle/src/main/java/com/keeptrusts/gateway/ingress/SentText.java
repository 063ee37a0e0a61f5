package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Bytes;
import io.vertx.core.buffer.Buffer;

/** What a client was sent, from its beginning on and up to a bound, for the content store. */
final class SentText {

    static final int MOST_BYTES = 256 * 1024;

    private final Buffer sent = Buffer.buffer();

    void add(Buffer bytes) {
        int room = MOST_BYTES - sent.length();
        if (room > 0) {
            sent.appendBuffer(bytes, 0, Math.min(room, bytes.length()));
        }
    }

    Bytes bytes() {
        return Bytes.of(sent);
    }
}
