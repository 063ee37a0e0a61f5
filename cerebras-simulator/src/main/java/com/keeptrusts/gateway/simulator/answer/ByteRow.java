package com.keeptrusts.gateway.simulator.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Arrays;

/** Bytes in the making: everything that leaves in one write is laid side by side here, and handed over without a copy. */
public final class ByteRow {

    private byte[] bytes;
    private int length;

    public ByteRow(int capacity) {
        bytes = new byte[capacity];
    }

    public ByteRow append(byte[] more) {
        return append(more, 0, more.length);
    }

    public ByteRow append(byte[] more, int from, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
        System.arraycopy(more, from, bytes, length, count);
        length += count;
        return this;
    }

    public ByteRow append(String text) {
        return append(text.getBytes(UTF_8));
    }

    public int length() {
        return length;
    }

    /** A copy of what has been appended so far; the row becomes empty and may be used again. */
    public byte[] drain() {
        byte[] drained = Arrays.copyOf(bytes, length);
        length = 0;
        return drained;
    }

    /** What has been appended, without a copy; the row must not be used any more. */
    public Buffer seal() {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, 0, length));
    }
}
