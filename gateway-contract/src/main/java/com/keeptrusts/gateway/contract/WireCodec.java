package com.keeptrusts.gateway.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Carries every record of the catalogue: by reference on one node, by {@link WireFormat} between nodes. */
final class WireCodec implements MessageCodec<BusMessage, BusMessage> {

    static final String NAME = "keeptrusts.v" + WireFormat.VERSION;

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
        return WireFormat.read(in.getBytes(from, from + length));
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
