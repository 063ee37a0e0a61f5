package com.keeptrusts.gateway.contract;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that never change, so that receivers on one node may share them. Prints its length only. */
public final class Bytes {

    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the array over without copying; the caller must not write to it any more. */
    public static Bytes owning(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes);
    }

    public static Bytes copyOf(byte[] bytes, int start, int end) {
        return owning(Arrays.copyOfRange(bytes, start, end));
    }

    public static Bytes of(Buffer buffer) {
        return owning(buffer.getBytes());
    }

    public static Bytes utf8(String text) {
        return owning(text.getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return bytes.length;
    }

    public byte at(int index) {
        return bytes[index];
    }

    /** The array itself, for reading only: whoever writes to it breaks the promise of this type. */
    public byte[] array() {
        return bytes;
    }

    public Bytes slice(int start, int end) {
        return start == 0 && end == bytes.length ? this : copyOf(bytes, start, end);
    }

    /** A buffer over these bytes, not copied, for writing to a socket. */
    public Buffer toBuffer() {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes).asReadOnly());
    }

    public String toUtf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Bytes[" + bytes.length + "]";
    }
}
