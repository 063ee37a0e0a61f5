package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.contract.Bytes;
import java.nio.ByteBuffer;

/**
 * What is kept of one request, as the policies left it.
 *
 * @param in the body that went to the provider; empty where it may not be kept
 * @param out what the client was sent; empty where it may not be kept
 */
public record KeptText(Bytes in, Bytes out) {

    /** Of each direction, at most so many bytes are kept, from the beginning. */
    public static final int MOST_BYTES = 1024 * 1024;

    byte[] write() {
        return ByteBuffer.allocate(Integer.BYTES + in.length() + out.length())
                .putInt(in.length())
                .put(in.array())
                .put(out.array())
                .array();
    }

    static KeptText read(byte[] plain) throws ContentException {
        ByteBuffer from = ByteBuffer.wrap(plain);
        int length = plain.length < Integer.BYTES ? -1 : from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new ContentException("content: not of the form that is kept");
        }
        byte[] in = new byte[length];
        from.get(in);
        byte[] out = new byte[from.remaining()];
        from.get(out);
        return new KeptText(Bytes.owning(in), Bytes.owning(out));
    }

    KeptText cut() {
        return new KeptText(cut(in), cut(out));
    }

    private static Bytes cut(Bytes bytes) {
        return bytes.length() <= MOST_BYTES ? bytes : bytes.slice(0, MOST_BYTES);
    }
}
