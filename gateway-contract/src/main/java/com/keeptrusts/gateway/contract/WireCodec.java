package com.keeptrusts.gateway.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** Carries every record of the catalogue: by reference on one node, by {@link WireFormat} between nodes. */
final class WireCodec implements MessageCodec<BusMessage, BusMessage> {

    static final String NAME = "keeptrusts.v" + WireFormat.VERSION;

    /** Longer ones go to one listener only, and are not to be kept in memory for it. */
    private static final int SHORT = 1_024;

    private volatile @Nullable Decoded last;

    /** What was read where. */
    private record Decoded(WeakReference<Buffer> in, int start, BusMessage message) {}

    @Override
    public void encodeToWire(Buffer out, BusMessage message) {
        byte[] frame = WireFormat.write(message);
        out.appendInt(frame.length).appendBytes(frame);
    }

    @Override
    public BusMessage decodeFromWire(int start, Buffer in) {
        int length = in.getInt(start);
        int from = start + Integer.BYTES;
        if (length < 0 || length > in.length() - from) {
            throw new WireFormatException("frame of " + length + " bytes in a buffer of " + (in.length() - from));
        }
        Decoded known = last;
        if (known != null && known.in().refersTo(in) && known.start() == start) {
            return known.message(); // what is published is read once for all listeners of this node
        }
        BusMessage message = WireFormat.read(in.getBytes(from, from + length));
        last = length <= SHORT ? new Decoded(new WeakReference<>(in), start, message) : null;
        return message;
    }

    @Override
    public BusMessage transform(BusMessage message) {
        return message; // records are immutable, so a receiver on this node may share them
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
