package com.keeptrusts.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.PresenceEvent.WorkerLeaving;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class WireCodecTest {

    private final WireCodec codec = new WireCodec();

    @Test
    void whatIsPublishedIsReadOnceForAllListeners() {
        Buffer frame = written(new WorkerLeaving("policy.k.a.0", "a"));

        BusMessage first = codec.decodeFromWire(0, frame);

        assertThat(codec.decodeFromWire(0, frame)).isSameAs(first);
    }

    @Test
    void theNextMessageIsAnother() {
        Buffer two = written(new WorkerLeaving("policy.k.a.0", "a"));
        int second = two.length();
        codec.encodeToWire(two, new WorkerLeaving("policy.k.b.0", "b"));
        codec.decodeFromWire(0, two);

        assertThat(codec.decodeFromWire(second, two)).isEqualTo(new WorkerLeaving("policy.k.b.0", "b"));
        assertThat(codec.decodeFromWire(0, written(new WorkerLeaving("policy.k.c.0", "c"))))
                .isEqualTo(new WorkerLeaving("policy.k.c.0", "c"));
    }

    @Test
    void aLongOneIsNotKept() {
        Buffer frame = written(new Settings("d", Bytes.utf8("x".repeat(2_000))));

        BusMessage first = codec.decodeFromWire(0, frame);

        assertThat(codec.decodeFromWire(0, frame)).isEqualTo(first).isNotSameAs(first);
    }

    private Buffer written(BusMessage message) {
        Buffer frame = Buffer.buffer();
        codec.encodeToWire(frame, message);
        return frame;
    }
}
